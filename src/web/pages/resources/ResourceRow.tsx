import { Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import type { ResourceSummary } from "../../../contract/resources.ts";
import { useAway } from "../../live/away.ts";
import { KindGlyph } from "../../look/glyphs.tsx";
import { Hidden } from "../../parts/Hidden.tsx";
import { Status, Tag } from "../../parts/Status.tsx";
import { When } from "../../parts/When.tsx";
import type { ColumnId, ColumnOf } from "./columns.ts";
import { factsOf } from "./facts.ts";
import styles from "./ResourceList.module.css";
import type { Grouping } from "./resources-search.ts";
import type { Group } from "./row-layout.ts";
import { Star } from "./Star.tsx";

interface PlaceProps {
  index: number;
  measure: (row: HTMLTableRowElement | null) => void;
}

interface ResourceRowProps extends PlaceProps {
  resource: ResourceSummary | undefined;
  columns: readonly ColumnOf[];
}

/** One object; grey while it is on its way. */
export function ResourceRow({ resource, columns, index, measure }: ResourceRowProps) {
  const place = { ref: measure, "data-index": index, "aria-rowindex": index + 2 };
  if (!resource)
    return (
      <tr {...place} className={styles.row}>
        <td colSpan={columns.length + 1}>
          <span className={styles.grey} />
          <Hidden>Loading</Hidden>
        </td>
      </tr>
    );
  const { id, name, type, isFavorite } = resource;
  return (
    <tr {...place} className={styles.row} data-row="">
      <td className={styles.name}>
        <div>
          <Star id={id} name={name} starred={isFavorite} />
          <Link to="/resources/$id" params={{ id }} className={styles.link} title={name}>
            <KindGlyph kind={glyphOf(type)} />
            <span>{name}</span>
          </Link>
        </div>
      </td>
      {columns.map((column) => (
        <td key={column.id} data-column={column.id} data-head={column.head}>
          {cells[column.id](resource)}
        </td>
      ))}
    </tr>
  );
}

const cells: Readonly<Record<ColumnId, (resource: ResourceSummary) => ReactNode>> = {
  type: ({ type }) => type,
  namespace: ({ namespace }) => namespace || <span className={styles.none}>Cluster-wide</span>,
  cluster: ({ clusterName }) => clusterName,
  status: (resource) => <Standing resource={resource} />,
  facts: ({ summary }) => {
    const facts = factsOf(summary);
    return facts && <span title={facts}>{facts}</span>;
  },
  workflow: ({ workflowName }) => workflowName,
  tags: ({ userTags }) =>
    userTags &&
    userTags.length > 0 && (
      <span className={styles.tags}>
        {userTags.map((tag) => (
          <Tag key={tag}>{tag}</Tag>
        ))}
      </span>
    ),
  age: ({ createdAt }) => <When at={createdAt} />,
};

/** How it is, as long as its cluster says so. */
function Standing({ resource: { status, clusterName } }: { resource: ResourceSummary }) {
  const away = useAway(clusterName);
  if (away && status !== "deleted")
    return <Status word="unknown" of="resource" since={away.since.toISOString()} />;
  return <Status word={status} of="resource" />;
}

/** The glyph of a kind that nodes call otherwise. */
export const glyphOf = (kind: string): string => (kind === "HorizontalPodAutoscaler" ? "hpa" : kind);

interface GroupRowProps extends PlaceProps {
  group: Group;
  grouping: Grouping | undefined;
  span: number;
  onToggle: () => void;
}

/** The head of a group, which folds it. */
export function GroupRow({ group, grouping, span, index, measure, onToggle }: GroupRowProps) {
  const { label = "", count, isOpen } = group;
  return (
    <tr ref={measure} data-index={index} aria-rowindex={index + 2} className={styles.groupRow}>
      <th colSpan={span} scope="rowgroup">
        <button
          type="button"
          data-group=""
          aria-expanded={isOpen}
          className={styles.group}
          onClick={onToggle}
        >
          <ChevronRight size={16} aria-hidden className={styles.chevron} />
          {grouping === "kind" && <KindGlyph kind={glyphOf(label)} />}
          {label}
          <span className={styles.count}>{count.toLocaleString("en")}</span>
        </button>
      </th>
    </tr>
  );
}
