import { Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import type { NodeStatus } from "../../../contract/health.ts";
import type { Resource, ResourceUpdate } from "../../../contract/resources.ts";
import { useAway } from "../../live/away.ts";
import { KindGlyph } from "../../look/glyphs.tsx";
import { buttonClass } from "../../parts/Button.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { Status } from "../../parts/Status.tsx";
import type { Crumb } from "../../parts/trail.ts";
import { When } from "../../parts/When.tsx";
import { glyphOf } from "../resources/ResourceRow.tsx";
import { Star } from "../resources/Star.tsx";
import styles from "./ResourceHead.module.css";
import { countText } from "./use-resource.ts";

interface ResourceHeadProps {
  resource: Resource;
  live: ResourceUpdate["status"] | undefined;
}

/** What it is, where it is, and how it is. */
export function ResourceHead({ resource, live }: ResourceHeadProps) {
  const { id, name, type, isFavorite, lastSeenAt, apiVersion } = resource;
  return (
    <PageHead
      title={name}
      crumbs={crumbsOf(resource)}
      meta={
        <>
          <span className={styles.kind} title={apiVersion}>
            <KindGlyph kind={glyphOf(type)} /> {type}
          </span>
          <Standing resource={resource} live={live} />
          <span>
            seen <When at={lastSeenAt} />
          </span>
        </>
      }
      actions={
        <>
          <Star id={id} name={name} starred={isFavorite} />
          <WorkflowLink resource={resource} />
        </>
      }
    />
  );
}

/** The node it was drawn as, in the workflow it is of. */
function WorkflowLink({ resource: { workflowId, workflowName, nodeId, deletedAt } }: { resource: Resource }) {
  if (workflowId === undefined) return null;
  const search = { view: deletedAt === undefined ? "live" : "draft", node: nodeId } as const;
  return (
    <Link to="/workflows/$id" params={{ id: workflowId }} search={search} className={buttonClass()}>
      Open in {workflowName}
      <ChevronRight size={16} aria-hidden />
    </Link>
  );
}

function Standing({ resource, live }: ResourceHeadProps) {
  const away = useAway(resource.clusterName);
  if (resource.deletedAt !== undefined) return <Status word="deleted" of="resource" />;
  if (away) return <Status word="unknown" of="resource" since={away.since.toISOString()} />;
  if (!live)
    return (
      <Status
        word={resource.status}
        of="resource"
        message={countText(resource.spec as Partial<NodeStatus>)}
      />
    );
  return <Status word={live.state} message={countText(live)} />;
}

/** The explorer, the cluster and the namespace: each leads to what else is there. */
function crumbsOf({ clusterName, namespace }: Resource): Crumb[] {
  return [
    { label: "Resources", link: { to: "/resources" } },
    { label: clusterName, link: { to: "/resources", search: { cluster: clusterName } } },
    ...(namespace === ""
      ? []
      : [
          {
            label: namespace,
            link: { to: "/resources", search: { cluster: clusterName, namespace } },
          } as const,
        ]),
  ];
}
