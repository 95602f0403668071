export interface Known {
  clusters: number;
  workflows: number;
  /** One of them has been deployed. */
  isDeployed: boolean;
}

/** The steps of a first visit that lie behind somebody, told by what there is. */
export function stepsDone({ clusters, workflows, isDeployed }: Known): readonly [boolean, boolean, boolean] {
  return [clusters > 0, workflows > 0, isDeployed];
}

const key = "orrery-welcome-skipped";

/** Whether that person wants to be welcomed no more, on this device. */
export function isSkipped(user_id: string): boolean {
  return (localStorage.getItem(key) ?? "").split(" ").includes(user_id);
}

export function skip(user_id: string): void {
  if (!isSkipped(user_id)) localStorage.setItem(key, `${localStorage.getItem(key) ?? ""} ${user_id}`.trim());
}
