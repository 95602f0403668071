/** Where a program's output goes, and how it says that it has ended. */
export interface Sink {
  /** A promise where it has to wait before it writes more. */
  write(bytes: Uint8Array): Promise<void> | undefined;
  end(status: object): void;
}

export type Shell = ReturnType<typeof createShell>;

interface State {
  sink: Sink;
  size: string;
  line: Buffer;
  /** Whether the terminal leaves alone what is typed. */
  isRaw: boolean;
  isOver: boolean;
  /** Ends the command that runs, where one does. */
  stop: (() => void) | undefined;
  ended(): void;
}

const prompt = "/ # ";
const flood = Buffer.from("flood\r\n".repeat(1_000));
const interrupt = 3;
const endOfInput = 4;

/** A shell that knows a handful of commands, at a terminal that echoes. */
export function createShell(sink: Sink, ended: () => void) {
  const line = Buffer.alloc(0);
  const state: State = { sink, size: "0 0", line, isRaw: false, isOver: false, stop: undefined, ended };

  return {
    begin: (said: string | undefined) => write(state, `${said === undefined ? "" : `${said}\r\n`}${prompt}`),
    hear(bytes: Uint8Array): void {
      if (state.isOver) return;
      if (state.stop && state.isRaw) void sink.write(bytes);
      else for (const byte of bytes) press(state, byte);
    },
    resize(told: string): void {
      const { Width, Height } = JSON.parse(told) as { Width: number; Height: number };
      state.size = `${Height} ${Width}`;
    },
    /** Nobody is at the terminal any more: the command ends, the shell does not. */
    leave: () => state.stop?.(),
    kill: () => kill(state),
  };
}

const write = ({ sink }: State, words: string) => void sink.write(Buffer.from(words));

function press(state: State, byte: number): void {
  const { isRaw, line, stop, sink } = state;
  if (byte === interrupt && !isRaw) abandon(state);
  else if (byte === endOfInput && !isRaw && !stop && line.length === 0) exit(state, 0);
  else if (byte === 10 || byte === 13) enter(state);
  else {
    if (!isRaw) void sink.write(Buffer.of(byte));
    state.line = Buffer.concat([line, Buffer.of(byte)]);
  }
}

function abandon(state: State): void {
  state.stop?.();
  state.line = Buffer.alloc(0);
  write(state, `^C\r\n${prompt}`);
}

function enter(state: State): void {
  if (!state.isRaw) write(state, "\r\n");
  const statements = state.line.toString("utf8").split(";");
  state.line = Buffer.alloc(0);
  for (const statement of statements) obey(state, statement.trim());
  if (!state.stop && !state.isOver) write(state, prompt);
}

function obey(state: State, statement: string): void {
  const [name = "", ...args] = statement.split(/\s+/);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) command(state, args);
  else if (name !== "") write(state, `sh: ${name}: not found\r\n`);
}

const commands: Readonly<Record<string, (state: State, args: readonly string[]) => void>> = {
  exit: (state, [code = "0"]) => exit(state, Number(code)),
  cat: (state) => runs(state, () => undefined),
  yes: (state) => void writeWithoutEnd(state),
  stty(state, args) {
    if (args[0] === "size") write(state, `${state.size}\r\n`);
    state.isRaw ||= args.includes("raw");
  },
  echo: (state, args) => write(state, `${args.join(" ").replace(/["']/g, "")}${state.isRaw ? "\n" : "\r\n"}`),
};

function runs(state: State, ended: () => void): void {
  state.stop = () => {
    state.stop = undefined;
    ended();
  };
}

async function writeWithoutEnd(state: State): Promise<void> {
  let isStopped = false;
  runs(state, () => {
    isStopped = true;
  });
  while (!isStopped) {
    await state.sink.write(flood);
    // So that what is typed is heard meanwhile.
    await new Promise(setImmediate);
  }
}

function exit(state: State, code: number): void {
  kill(state);
  const causes = [{ reason: "ExitCode", message: String(code) }];
  const message = `command terminated with exit code ${code}`;
  const failure = { status: "Failure", message, reason: "NonZeroExitCode", details: { causes } };
  state.sink.end(code === 0 ? { status: "Success" } : failure);
}

function kill(state: State): void {
  state.isOver = true;
  state.stop?.();
  state.ended();
}
