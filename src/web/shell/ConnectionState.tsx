import { CircleDot, Timer, Unplug } from "lucide-react";
import { useConnection } from "../live/connection.ts";
import { Button } from "../parts/Button.tsx";
import { Tooltip } from "../parts/Tooltip.tsx";
import styles from "./TopBar.module.css";

/** Whether what is on screen is kept up to date. */
export function ConnectionState() {
  const isLost = useConnection((connection) => connection.isLost);
  const isResting = useConnection((connection) => connection.isResting);
  const newVersion = useConnection((connection) => connection.newVersion);
  if (newVersion !== undefined)
    return (
      <Button size="small" onClick={() => window.location.reload()}>
        New version, reload
      </Button>
    );

  const { icon: Icon, words, more } = isLost ? lost : isResting ? resting : live;
  return (
    <Tooltip text={more}>
      <span className={styles.state} data-tone={isLost ? "stale" : "ok"}>
        <Icon size={14} aria-hidden />
        <span className={styles.stateWords}>{words}</span>
      </span>
    </Tooltip>
  );
}

const live = { icon: CircleDot, words: "Live", more: "What you see is kept up to date by the server" };
const lost = { icon: Unplug, words: "Not connected", more: "What you see may be old" };
const resting = {
  icon: Timer,
  words: "Every 15 s",
  more: "Many tabs are open: this one asks every 15 s, and is live again when you go to it",
};
