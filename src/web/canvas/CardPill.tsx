import { useContext } from "react";
import { Pill } from "../parts/Status.tsx";
import styles from "./NodeCard.module.css";
import { OverlayPill } from "./OverlayPill.tsx";
import { OverlayContext } from "./overlay-context.ts";
import { statusWords } from "./status-words.ts";
import { useNodeStatus } from "./statuses.ts";
import { useOldSince } from "./use-old-since.ts";

/** How a node is doing, or what a plan or run says of it. */
export function CardPill({ id, kind }: { id: string; kind: string }) {
  const overlay = useContext(OverlayContext);
  const painted = overlay?.nodes.get(id);
  if (painted) return <OverlayPill {...painted} />;
  return overlay ? null : <LivePill id={id} kind={kind} />;
}

function LivePill({ id, kind }: { id: string; kind: string }) {
  const seen = useNodeStatus(id);
  const { look, message } = statusWords(kind, seen, useOldSince());
  const title = seen?.status.message;
  return (
    <span className={styles.pill} {...(title && { title })}>
      <Pill look={look} message={message} />
    </span>
  );
}
