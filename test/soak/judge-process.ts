import type { Ledger } from "./invariants.ts";
import type { ServerUnderSoak } from "./server-under-soak.ts";

/** What the server used at some moment. */
export interface Use {
  atMs: number;
  descriptors: number;
  rssMib: number;
}

const spareDescriptors = 20;
const hourMs = 3_600_000;
const longMs = 3 * hourMs;

/** Growth of memory is judged of long soaks only: in a short one, caches are still being filled. */
export async function judgeProcess(
  ledger: Ledger,
  server: ServerUnderSoak,
  uses: readonly Use[],
): Promise<string> {
  const [first] = uses;
  const last = await server.use();
  if (!first || !last) return "memory: not seen";
  const more = last.descriptors - first.descriptors;
  ledger.hold(
    "descriptors",
    more <= spareDescriptors,
    () => `${first.descriptors}, then ${last.descriptors}`,
  );
  const seen = `memory: ${first.rssMib.toFixed(0)} MiB, then ${last.rssMib.toFixed(0)}`;
  if (Date.now() - first.atMs < longMs) return seen;
  const slope = slopeOf(uses.map(({ atMs, rssMib }) => [atMs / hourMs, rssMib]));
  ledger.hold("memory", slope < 1, () => `${slope.toFixed(1)} MiB/h`);
  return `${seen}; ${slope.toFixed(1)} MiB/h`;
}

/** Of the line that lies closest to the points (least squares). */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
  const x = mean(points.map((point) => point[0]));
  const y = mean(points.map((point) => point[1]));
  const across = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  const along = points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  return along === 0 ? 0 : across / along;
}
