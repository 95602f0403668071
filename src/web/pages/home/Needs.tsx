import { Link } from "@tanstack/react-router";
import type { Cluster } from "../../../contract/clusters.ts";
import { Note } from "../../parts/Note.tsx";
import { Panel } from "../../parts/Page.tsx";
import { Status } from "../../parts/Status.tsx";
import { When } from "../../parts/When.tsx";
import { healthCount, healthOf, type Summary } from "../workflows/summary.ts";
import styles from "./Home.module.css";
import { type Need, needsIn } from "./needs.ts";

interface NeedsProps {
  workflows: readonly Summary[];
  clusters: readonly Cluster[];
  checkedAt: number;
}

export function Needs({ workflows, clusters, checkedAt }: NeedsProps) {
  const needs = needsIn(workflows, clusters);
  const deployed = workflows.filter(
    ({ status, deployed_version }) => status !== "archived" && deployed_version !== undefined,
  );
  if (needs.length > 0)
    return (
      <Panel title="Needs you">
        <ul className={styles.needs}>
          {needs.map((need) => (
            <li key={`${need.sort} ${need.name}`}>
              <OneNeed need={need} />
            </li>
          ))}
        </ul>
      </Panel>
    );
  return (
    <Note tone={deployed.length > 0 ? "ok" : "idle"}>
      {allIsWell(deployed)} Checked <When at={checkedAt} />.
    </Note>
  );
}

/** No more is said than is known. */
function allIsWell(deployed: readonly Summary[]): string {
  if (deployed.length === 0) return "Nothing is deployed yet.";
  return deployed.every((workflow) => healthOf(workflow)?.word === "healthy")
    ? "Everything deployed is healthy, and all clusters answer."
    : "The last run of everything deployed succeeded, and all clusters answer.";
}

function OneNeed({ need }: { need: Need }) {
  if (need.sort === "health")
    return (
      <>
        <Status word={need.health.word} message={healthCount(need.health)} />
        <Link to="/workflows/$id" params={{ id: need.id }} search={{ view: "live" }}>
          {need.name}
        </Link>
        <span>Not all of its nodes are as they should be.</span>
      </>
    );
  if (need.sort === "run")
    return (
      <>
        <Status word={need.word} of="run" />
        <Link to="/workflows/$id" params={{ id: need.id }}>
          {need.name}
        </Link>
        <span>The last run did not succeed.</span>
      </>
    );
  return (
    <>
      <Status word="error" of="cluster" />
      <Link to="/clusters/$name" params={{ name: need.name }}>
        {need.name}
      </Link>
      <span>{need.why}</span>
    </>
  );
}
