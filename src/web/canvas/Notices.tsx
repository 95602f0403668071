import { ClockFading, Lock, X } from "lucide-react";
import { useContext, useState } from "react";
import { fitOf } from "../../core/relations/fits.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { Button, IconButton } from "../parts/Button.tsx";
import { Hidden } from "../parts/Hidden.tsx";
import { clockText } from "../parts/when-text.ts";
import { acceptTidy } from "./arrange.ts";
import styles from "./Bars.module.css";
import { useBoard, useDesk } from "./board-store.ts";
import { relationWords } from "./ConnectPanel.tsx";
import { takeWay } from "./commands.ts";
import { useGraph } from "./graph-store.ts";
import { counted, titleOf } from "./node-words.ts";
import { AwayContext } from "./statuses.ts";

/** What is said on the canvas about what is going on with it. */
export function Notices() {
  return (
    <div className={styles.notices}>
      <DrawnNotice />
      <Refusal />
      <Proposal />
      <LockNotice />
      <AwayNotice />
      <Said />
    </div>
  );
}

/** While an edge is drawn over a card: what it would be, or why it would be nothing. */
function DrawnNotice() {
  const drawn = useBoard((state) => state.drawn);
  const nodes = useGraph(({ graph }) => graph.nodes);
  const [from, over] = [nodes.get(drawn?.from ?? ""), nodes.get(drawn?.over ?? "")];
  if (!drawn || !from) return null;
  if (!over || over === from)
    return drawn.isClick ? (
      <p className={styles.notice}>Click the card to connect {nameOfNode(from)} to</p>
    ) : null;
  const fit = fitOf(from.type, over.type);
  return (
    <p className={styles.notice}>
      {"why" in fit ? fit.why : `${nameOfNode(from)} – ${nameOfNode(over)}: ${relationWords[fit.relation]}`}
    </p>
  );
}

/** Two that do not fit, and the ways around it. */
function Refusal() {
  const desk = useDesk();
  const refusal = useBoard((state) => state.refusal);
  if (!refusal) return null;
  const { from, to, why, ways } = refusal;
  const close = () => desk.board.setState({ refusal: undefined });
  const second = desk.graph.getState().graph.nodes.get(to);
  return (
    <div className={styles.notice} role="alert">
      <span>{why}</span>
      {ways.map((way) => (
        <Button
          key={"between" in way ? way.between : "order"}
          size="small"
          onClick={() => [close(), takeWay(desk, from, to, way)]}
        >
          {"between" in way
            ? `Add a ${titleOf(way.between)} between`
            : `Make ${second ? nameOfNode(second) : "it"} wait`}
        </Button>
      ))}
      <IconButton label="Dismiss" icon={X} size="small" onClick={close} />
    </div>
  );
}

function Proposal() {
  const desk = useDesk();
  const proposal = useBoard((state) => state.proposal);
  if (!proposal) return null;
  return (
    <div className={styles.notice}>
      <span>{counted(proposal.size, "node")} would move.</span>
      <Button size="small" variant="primary" onClick={() => acceptTidy(desk)}>
        Accept
      </Button>
      <Button size="small" onClick={() => desk.board.setState({ proposal: undefined })}>
        Leave as it is
      </Button>
    </div>
  );
}

function LockNotice() {
  const lock = useGraph((state) => state.lock);
  const [isClosed, close] = useState(false);
  if (lock === undefined || isClosed) return null;
  return (
    <div className={styles.notice}>
      <Lock size={14} aria-hidden />
      <span>{lock}</span>
      <IconButton label="Dismiss" icon={X} size="small" onClick={() => close(true)} />
    </div>
  );
}

/** Why nothing is known of what is deployed, and that drawing has nothing to do with it. */
function AwayNotice() {
  const away = useContext(AwayContext);
  if (!away) return null;
  return (
    <div className={styles.notice} role="status">
      <ClockFading size={14} aria-hidden />
      <span>
        {away.name} has not answered since {clockText(away.since)}: {away.why || "it cannot be reached"}. What
        you draw is saved all the same.
      </span>
    </div>
  );
}

/** Reads out what was done, politely. */
function Said() {
  const { text, turn } = useBoard((state) => state.said);
  return (
    <div aria-live="polite" data-said>
      <Hidden key={turn}>{text}</Hidden>
    </div>
  );
}
