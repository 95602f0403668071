import { ownLabels } from "../../core/kubernetes-object.ts";
import { createCompact } from "./compact.ts";
import { whole } from "./projection.ts";
import { warningCalls } from "./warning-calls.ts";
import type { Change, Following, Scope, Watching } from "./watching.ts";

const ours = `${ownLabels.managedBy}=orrery`;

/** Following what is in a cluster. Whoever follows the same shares one watch. */
export function followCalls(watching: Watching) {
  const compact = createCompact();

  return {
    /** Follows our own objects of one kind, in all namespaces or in one. They are kept whole. */
    follow: (scope: Scope, tell: (change: Change) => void): Following =>
      watching.follow({ ...scope, labelSelector: ours }, whole, tell),

    /**
     * Follows all objects of one kind, whoever made them, in all namespaces or in one. Who follows is told of them
     * whole; kept to be looked at later is who they are, how they are marked, and the plain facts of their status.
     */
    followAll: (scope: Scope, tell: (change: Change) => void): Following =>
      watching.follow(scope, compact, tell),

    /** The same, kept whole: for as few as the pods of a namespace whose logs are read. */
    followWhole: (scope: Scope, tell: (change: Change) => void): Following =>
      watching.follow(scope, whole, tell),

    ...warningCalls(watching),

    /** How current what is followed is. */
    freshness: watching.freshness,
    followFreshness: watching.followFreshness,
  };
}
