import { useEffect, useState, useSyncExternalStore } from "react";
import type { LogLook } from "./log-buffer.ts";
import { createLogModel, type LogAsk, type LogModel } from "./log-model.ts";

/** Reads a log for as long as a component is there. For another log it has to be another component. */
export function useLog(ask: LogAsk, look: LogLook): LogModel {
  const [model, setModel] = useState(() => createLogModel(ask, look));
  useSyncExternalStore(model.subscribe, model.version);
  useEffect(() => model.start(), [model]);
  const key = JSON.stringify(ask);
  const [known, setKnown] = useState(key);
  if (known !== key) {
    setKnown(key);
    setModel(createLogModel(ask, look));
  }
  return model;
}
