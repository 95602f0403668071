import { CircleDot, Unplug } from "lucide-react";
import { useConnection } from "../live/connection.ts";
import { Button } from "../parts/Button.tsx";
import { Tooltip } from "../parts/Tooltip.tsx";
import styles from "./TopBar.module.css";

/** Whether what is on screen is kept up to date. */
export function ConnectionState() {
  const isLost = useConnection((connection) => connection.isLost);
  const newVersion = useConnection((connection) => connection.newVersion);
  if (newVersion !== undefined)
    return (
      <Button size="small" onClick={() => window.location.reload()}>
        New version, reload
      </Button>
    );

  const Icon = isLost ? Unplug : CircleDot;
  const words = isLost ? "Not connected" : "Live";
  return (
    <Tooltip text={isLost ? "What you see may be old" : "What you see is kept up to date by the server"}>
      <span className={styles.state} data-tone={isLost ? "stale" : "ok"}>
        <Icon size={14} aria-hidden />
        <span className={styles.stateWords}>{words}</span>
      </span>
    </Tooltip>
  );
}
