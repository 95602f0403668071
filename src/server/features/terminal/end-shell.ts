import type { Cluster } from "../../cluster/connection.ts";
import type { Place, Shell } from "./open-shell.ts";

const endMs = 8_000;

/**
 * Tells all that runs in the terminal that it has gone, and after two seconds ends a shell that stays nevertheless. What
 * was told beforehand to go on without a terminal goes on. A debug container is ended with it.
 */
const script = `emulate sh 2>/dev/null
shell=$1; debug=$2; all=
for file in /proc/[0-9]*/stat; do
  { read -r line < "$file"; } 2>/dev/null || continue
  set -- \${line##*) }
  id=\${file#/proc/}
  [ "$4" = "$shell" ] && all="$all \${id%/stat}"
done
for id in $all; do kill -HUP "$id"; kill -CONT "$id"; done 2>/dev/null
tries=0
while [ -n "$all" ] && kill -0 "$shell" 2>/dev/null && [ $tries -lt 2 ]; do sleep 1; tries=$((tries + 1)); done
[ -n "$all" ] && kill -KILL "$shell" 2>/dev/null
[ -n "$debug" ] && kill -TERM "$(cat "/dev/shm/$debug")"
exit 0`;

/** Leaves nothing behind in the pod, as far as the cluster can be reached. */
export async function endShell(
  cluster: Pick<Cluster, "run">,
  place: Place,
  { name, pid }: Pick<Shell, "name" | "pid">,
  debugContainer: string,
): Promise<void> {
  const command = [name, "-c", script, "orrery", pid, debugContainer];
  await cluster.run({ ...place, command }, { signal: AbortSignal.timeout(endMs) }).catch(() => undefined);
}
