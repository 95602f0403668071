import type { DesignEdge, DesignNode } from "../../contract/design.ts";

/** The canvas' grid: a card, and the distance from one to the next. */
export const grid = { width: 208, height: 72, column: 280, row: 112 } as const;

/** A node in a column, counted from the left, and a row. */
export function card(
  type: string,
  id: string,
  [column, row]: readonly [number, number],
  data: Record<string, unknown>,
): DesignNode {
  const position = { x: column * grid.column, y: row * grid.row };
  return { id, type, position, data: { name: id, ...data } };
}

/** What belongs together: the kinds at its two ends say what it means. */
export function joined(source: string, target: string, sourceHandle?: string): DesignEdge {
  return { id: `${source}-${target}`, source, target, ...(sourceHandle && { sourceHandle }) };
}

/** What comes first, and what waits until it is ready or, of a job, has completed. */
export function awaited(source: string, target: string, condition: "ready" | "completed"): DesignEdge {
  return { id: `${source}-before-${target}`, source, target, type: "dependency", data: { condition } };
}

/** Words on the canvas, as wide as some columns. */
export function note(id: string, [column, row]: readonly [number, number], columns: number, text: string) {
  const w = (columns - 1) * grid.column + grid.width;
  return { id, text, x: column * grid.column, y: row * grid.row, w, h: grid.height };
}

/** What a small program takes. */
export const small = { requests: { cpu: "25m", memory: "32Mi" }, limits: { memory: "128Mi" } };

export const shell = (script: string) => ({ command: ["sh", "-c", script] });

/** Answers every request with what a line of shell prints. */
export const answering = (line: string) =>
  shell(
    [
      "mkdir -p /tmp/www/cgi-bin",
      `printf '#!/bin/sh\\nprintf "Content-Type: text/plain\\\\r\\\\n\\\\r\\\\n"\\n%s\\n' '${line}' > /tmp/www/cgi-bin/index.cgi`,
      "chmod +x /tmp/www/cgi-bin/index.cgi",
      "exec httpd -f -p 8080 -h /tmp/www",
    ].join(" && "),
  );

/** Asked for until the program answers. */
export const listening = (port: number) => ({ tcpSocket: { port }, periodSeconds: 5 });

/** Programs that are only there to be looked at are played by a shell. */
export const player = { image: "busybox:1.37", resources: small };

/** A value by the name of what has it, so that it is in one place only. */
export const fromSecret = (name: string, key: string) => ({ valueFrom: { secretKeyRef: { name, key } } });
export const fromSettings = (name: string, key: string) => ({
  valueFrom: { configMapKeyRef: { name, key } },
});
