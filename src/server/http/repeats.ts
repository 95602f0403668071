import type { FastifyRequest } from "fastify";
import { type Endpoint, idempotencyKey } from "../../contract/operation.ts";
import { invalid } from "../../core/problem.ts";
import { timesGiven } from "./headers.ts";

/** What was answered, byte for byte. */
export interface Answered {
  status: number;
  answer: string;
}

/** Ours to do, and nobody else's until it is kept or released. */
export interface Begun {
  keep(answered: Answered): Promise<void>;
  release(): Promise<void>;
}

interface Asked {
  user_id: string;
  /** Method and path. */
  route: string;
  key: string;
  body: string;
}

/** Remembers what was answered to requests that may be sent again, and refuses those that cannot be told apart. */
export interface Repeats {
  begin(asked: Asked): Promise<Answered | Begun>;
}

export type Once = ReturnType<typeof createOnce>;

/** Does what is asked with an `Idempotency-Key` once, and answers it as often as it is asked. */
export function createOnce(repeats: Repeats, report: (error: unknown) => void) {
  async function doOnce(asked: Asked, status: number, work: () => Promise<string>): Promise<Answered> {
    const begun = await repeats.begin(asked);
    if ("answer" in begun) return begun;
    const answered = { status, answer: await orRelease(begun, work) };
    // Done is done: where it cannot be kept, it is answered all the same.
    await begun.keep(answered).catch(report);
    return answered;
  }

  /**
   * Only successes are kept. What was refused has changed nothing and may be asked again: the caller may have set right
   * what was in the way, and an old refusal would tell of a state that is no more. What failed on our side may work now.
   */
  async function orRelease(begun: Begun, work: () => Promise<string>): Promise<string> {
    try {
      return await work();
    } catch (error) {
      await begun.release().catch(report);
      throw error;
    }
  }

  return (request: FastifyRequest, endpoint: Endpoint, work: () => Promise<string>): Promise<Answered> => {
    const key = keyOf(request);
    const { user } = request.access ?? {};
    if (!user) throw new Error(`${endpoint.path} is repeatable, though nobody in particular asks it`);
    const asked = {
      user_id: user.id,
      route: routeOf(request, endpoint),
      key,
      body: request.source?.text ?? "",
    };
    return doOnce(asked, endpoint.success, work);
  };
}

const header = "idempotency-key";

export function hasKey({ headers }: FastifyRequest): boolean {
  return headers[header] !== undefined;
}

const wellFormed = new RegExp(idempotencyKey.pattern);

function keyOf({ headers, raw }: FastifyRequest): string {
  const { [header]: key = "" } = headers;
  // Node would join two of them into one that nobody sent.
  if (timesGiven(raw.rawHeaders, header) !== 1) throw invalid("Idempotency-Key must be given once");
  if (typeof key !== "string" || !wellFormed.test(key))
    throw invalid("Idempotency-Key must be 1 to 255 printable ASCII characters");
  return key;
}

/** As the parameters were read, since an address can be written in more than one way. */
function routeOf({ params }: FastifyRequest, { method, path }: Endpoint): string {
  const given = params as Record<string, string>;
  return `${method} ${path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(given[name] ?? ""))}`;
}
