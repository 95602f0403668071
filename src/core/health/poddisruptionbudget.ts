import type { KubernetesObject } from "../kubernetes-object.ts";
import { type Health, isObserved, plural, ready, unseen, waiting } from "./health.ts";

interface BudgetStatus {
  currentHealthy?: number;
  desiredHealthy?: number;
  disruptionsAllowed?: number;
  expectedPods?: number;
}

/** A budget is in force whatever stands behind it; that it leaves no room is for people to know. */
export function budgetHealth(object: KubernetesObject): Health {
  const {
    currentHealthy = 0,
    desiredHealthy = 0,
    disruptionsAllowed = 0,
    expectedPods = 0,
  } = (object.status ?? {}) as BudgetStatus;
  if (!isObserved(object)) return waiting("pending", unseen);
  if (expectedPods === 0) return ready("partial", "Selects no pods");
  const healthy = `${currentHealthy} of ${desiredHealthy} needed pods healthy`;
  if (currentHealthy < desiredHealthy) return ready("partial", healthy);
  if (disruptionsAllowed === 0) return ready("partial", `${healthy}, so none may be disrupted`);
  return ready("healthy", `${plural(disruptionsAllowed, "pod")} may be disrupted`);
}
