import { styleText } from "node:util";
import type { NodeRun } from "../../contract/runs.ts";

interface Line {
  type: string;
  state: NodeRun["status"];
  message: string;
  sinceMs: number;
}

export interface Progress {
  note(node_id: string, node: NodeRun): void;
  /** Leaves the lines as they are, so that what is printed next stands below them. */
  end(): void;
}

const marks = {
  pending: ["·", "gray"],
  waiting: ["◌", "gray"],
  applying: ["◐", "cyan"],
  applied: ["◑", "cyan"],
  completed: ["●", "green"],
  warning: ["●", "yellow"],
  failed: ["✗", "red"],
  skipped: ["–", "gray"],
} as const satisfies Record<NodeRun["status"], readonly [string, string]>;

/** One line a node: redrawn in place on a terminal, a new line for each change in a pipe. */
export function showProgress(
  out: NodeJS.WriteStream,
  nodes: readonly { id: string; type: string }[],
): Progress {
  const lines = new Map<string, Line>(
    nodes.map(({ id, type }) => [id, { type, state: "pending", message: "", sinceMs: Date.now() }]),
  );
  return out.isTTY ? drawn(out, lines) : plain(out, lines);
}

function plain(out: NodeJS.WriteStream, lines: Map<string, Line>): Progress {
  return {
    note(node_id, node) {
      const line = lines.get(node_id);
      if (!line || !take(line, node)) return;
      out.write(`${node_id} (${line.type}): ${line.state}${line.message ? `, ${line.message}` : ""}\n`);
    },
    end: () => undefined,
  };
}

function drawn(out: NodeJS.WriteStream, lines: Map<string, Line>): Progress {
  const idWidth = Math.max(...[...lines.keys()].map((id) => id.length));
  const typeWidth = Math.max(...[...lines.values()].map(({ type }) => type.length));

  function text(id: string, line: Line): string {
    const [mark, colour] = marks[line.state];
    const seconds = `${Math.round((Date.now() - line.sinceMs) / 1_000)}s`;
    const isMoving = line.state === "applying" || line.state === "applied" || line.state === "waiting";
    const head = `  ${styleText(colour, mark)} ${id.padEnd(idWidth)}  ${styleText("dim", line.type.padEnd(typeWidth))}  `;
    const room = Math.max(10, (out.columns ?? 80) - idWidth - typeWidth - 14);
    const tail = `${line.message.slice(0, room)}${isMoving ? ` ${styleText("dim", seconds)}` : ""}`;
    return head + tail;
  }

  function draw(isFirst = false): void {
    if (!isFirst) out.moveCursor(0, -lines.size);
    for (const [id, line] of lines) {
      out.clearLine(0);
      out.write(`${text(id, line)}\n`);
    }
  }

  draw(true);
  const timer = setInterval(draw, 200);
  return {
    note(node_id, node) {
      const line = lines.get(node_id);
      if (line) take(line, node);
    },
    end() {
      clearInterval(timer);
      draw();
    },
  };
}

/** Whether that was news. */
function take(line: Line, { status, message = "" }: NodeRun): boolean {
  if (line.state === status && line.message === message) return false;
  if (line.state !== status) line.sinceMs = Date.now();
  line.state = status;
  line.message = message;
  return true;
}
