import type { Notification } from "../../contract/notifications.ts";
import type { Outcome, RunStatus } from "../../contract/runs.ts";

/** What somebody is told, in words. */
export type Note = Pick<Notification, "type" | "level" | "title" | "message" | "link" | "refId">;

interface EndedRun {
  id: string;
  workflow_id: string;
  cluster_name: string;
  version: number;
  intent: "deploy" | "undeploy";
  status: RunStatus;
  outcome: Outcome | null;
  error: string | null;
  warnings: number;
}

const mostLetters = 1_000;

/** How a run has ended. */
export function runEnded(workflow: string, run: EndedRun): Note {
  const { id, workflow_id, status } = run;
  const place = { link: `/workflows/${workflow_id}/runs/${id}`, refId: workflow_id };
  if (status === "completed") return { ...place, ...deployed(workflow, run) };
  const what = `version ${run.version}`;
  if (status === "cancelled") {
    const title = `The run of ${workflow} was cancelled`;
    return {
      ...place,
      type: "system",
      level: "warning",
      title,
      message: sentences(upper(what), leftBy(run)),
    };
  }
  const verb = run.intent === "undeploy" ? "taken away" : "deployed";
  const message = sentences(run.error ?? "", leftBy(run));
  return { ...place, type: "workflow_failed", level: "error", title: `${workflow} was not ${verb}`, message };
}

function deployed(workflow: string, { intent, version, cluster_name, warnings }: EndedRun) {
  const type = "workflow_deployed" as const;
  if (intent === "undeploy")
    return {
      type,
      level: "info" as const,
      title: `${workflow} is taken away`,
      message: `From ${cluster_name}.`,
    };
  const said = warnings === 1 ? "with 1 warning" : `with ${warnings} warnings`;
  const message = `Version ${version} runs in ${cluster_name}${warnings > 0 ? `, ${said}` : ""}.`;
  const level = warnings > 0 ? ("warning" as const) : ("success" as const);
  return { type, level, title: `${workflow} is deployed`, message };
}

/** What became of what had been written. */
function leftBy({ outcome }: Pick<EndedRun, "outcome">): string {
  if (outcome === "rolled_back") return "What it had changed was put back.";
  if (outcome === "partial") return "What it had changed was kept.";
  if (outcome === "unknown") return "What is left of it in the cluster is not known.";
  return "Nothing was changed.";
}

/** Something in a workflow does not work. */
export function workflowFailing(workflow: { id: string; name: string }, nodes: readonly string[]): Note {
  const [first = "", ...others] = nodes;
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  return {
    ...ofWorkflow(workflow.id),
    ...{ type: "resource_warning", level: "error" },
    ...{ title: `${workflow.name} needs attention`, message: cut(`${first}${more}`) },
  };
}

export function workflowHealthy({ id, name }: { id: string; name: string }): Note {
  const said = { title: `${name} is healthy again`, message: "Everything in it works." };
  return { ...ofWorkflow(id), type: "system", level: "success", ...said };
}

function ofWorkflow(id: string) {
  return { link: `/workflows/${id}?view=live`, refId: id };
}

interface NamedCluster {
  id: string;
  name: string;
}

/** A cluster is not to be used any more, for the reason that it or the way to it gives. */
export function clusterLost(cluster: NamedCluster, reason: string): Note {
  const title = `Cluster ${cluster.name} does not answer as it should`;
  return {
    ...ofCluster(cluster),
    type: "resource_warning",
    level: "error",
    title,
    message: sentences(reason),
  };
}

export function clusterBack(cluster: NamedCluster): Note {
  const said = { title: `Cluster ${cluster.name} is back`, message: "It is connected again." };
  return { ...ofCluster(cluster), type: "system", level: "success", ...said };
}

export function clusterShared(cluster: NamedCluster, role: string, by: string): Note {
  const message = `${by} gave you the role ${role}.`;
  const title = `You may use cluster ${cluster.name}`;
  return { ...ofCluster(cluster), type: "system", level: "info", title, message };
}

/** Without a link: there is nothing left to be seen. */
export function clusterTakenAway({ id, name }: NamedCluster, message: string): Note {
  const title = `You may no longer use cluster ${name}`;
  return { type: "system", level: "warning", title, message, refId: id };
}

function ofCluster({ id, name }: NamedCluster) {
  return { link: `/clusters/${name}`, refId: id };
}

function sentences(...all: string[]): string {
  return cut(
    all
      .filter(Boolean)
      .map((each) => (/[.!?]$/.test(each) ? each : `${each}.`))
      .join(" "),
  );
}

function cut(text: string): string {
  return text.length <= mostLetters ? text : `${text.slice(0, mostLetters - 1)}…`;
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
