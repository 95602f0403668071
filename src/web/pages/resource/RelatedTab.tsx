import { Link } from "@tanstack/react-router";
import { api } from "../../../contract/api.ts";
import type { Result } from "../../../contract/operation.ts";
import type { Relation, ResourceSummary } from "../../../contract/resources.ts";
import { useRead } from "../../api.ts";
import { KindGlyph } from "../../look/glyphs.tsx";
import { statusLook } from "../../look/status.ts";
import { Empty } from "../../parts/Empty.tsx";
import { Hidden } from "../../parts/Hidden.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { glyphOf } from "../resources/ResourceRow.tsx";
import styles from "./RelatedTab.module.css";
import { card, linePath, relatedLayout } from "./related-layout.ts";

type Related = Result<typeof api.listRelated>;

/** What it belongs to, uses, and is used by. */
export function RelatedTab({ id }: { id: string }) {
  const query = useRead(api.listRelated, { params: { id } });
  return (
    <Loaded
      query={query}
      empty={({ edges }) => (edges.length === 0 ? <Empty title="Nothing is related to it" /> : undefined)}
    >
      {(related) => <Graph id={id} related={related} />}
    </Loaded>
  );
}

function Graph({ id, related: { nodes, edges } }: { id: string; related: Related }) {
  const { spots, width, height } = relatedLayout(id, nodes, edges);
  const names = new Map(nodes.map((node) => [node.id, `${node.type} ${node.name}`]));
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <section className={styles.frame} aria-label="Related objects" tabIndex={0}>
        <div className={styles.graph} style={{ width, height }}>
          <svg width={width} height={height} className={styles.lines} aria-hidden>
            {edges.map(({ from, to, relation }) => {
              const [start, end] = [spots.get(from), spots.get(to)];
              return (
                start &&
                end && (
                  <path key={`${from} ${relation} ${to}`} d={linePath(start, end)} data-relation={relation} />
                )
              );
            })}
          </svg>
          {nodes.map((node) => {
            const spot = spots.get(node.id);
            return (
              spot && <Card key={node.id} node={node} isCenter={node.id === id} left={spot.x} top={spot.y} />
            );
          })}
        </div>
      </section>
      <h2 className={styles.title}>In words</h2>
      <ul className={styles.words}>
        {edges.map(({ from, to, relation }) => (
          <li key={`${from} ${relation} ${to}`} data-relation={relation}>
            <Named id={from} name={names.get(from)} /> <span>{relations[relation] ?? relation}</span>{" "}
            <Named id={to} name={names.get(to)} />
          </li>
        ))}
      </ul>
    </>
  );
}

const relations: Readonly<Record<Relation, string>> = {
  owns: "owns",
  selects: "sends traffic to",
  routes: "routes to",
  scales: "scales",
  mounts: "mounts",
  uses: "uses",
  binds: "is bound to",
};

function Named({ id, name = "?" }: { id: string; name: string | undefined }) {
  return (
    <Link to="/resources/$id" params={{ id }}>
      {name}
    </Link>
  );
}

interface CardProps {
  node: ResourceSummary;
  isCenter: boolean;
  left: number;
  top: number;
}

function Card({ node: { id, type, name, status }, isCenter, left, top }: CardProps) {
  const { icon: Icon, word, tone } = statusLook(status, "resource");
  return (
    <Link
      to="/resources/$id"
      params={{ id }}
      search={{ tab: "related" }}
      className={styles.card}
      style={{ ...card, left, top }}
      title={`${type} ${name}`}
      {...(isCenter && { "aria-current": "page" })}
    >
      <KindGlyph kind={glyphOf(type)} />
      <span className={styles.text}>
        <strong>{name}</strong>
        <span>{type}</span>
      </span>
      <Icon size={16} aria-hidden className={styles.status} data-tone={tone} />
      <Hidden>{word}</Hidden>
    </Link>
  );
}
