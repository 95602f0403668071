import { Cable, Crosshair, Ellipsis, Pencil, Unlink } from "lucide-react";
import { useContext, useMemo } from "react";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { KindGlyph } from "../look/glyphs.tsx";
import { IconButton } from "../parts/Button.tsx";
import { classes } from "../parts/classes.ts";
import { useBoard, useDesk } from "./board-store.ts";
import { CardPill } from "./CardPill.tsx";
import { edgeSentences } from "./ConnectPanel.tsx";
import { disconnect } from "./commands.ts";
import { ConditionField } from "./EdgePanel.tsx";
import { useGraph, useNode } from "./graph-store.ts";
import { counted, factOf, titleOf } from "./node-words.ts";
import styles from "./Outline.module.css";
import type { Row } from "./outline-rows.ts";
import { StagedContext, stagedWords } from "./staged.ts";
import { goTo } from "./travel.ts";

/** One node of the outline: what it is, how it is doing, what it is joined to, and what can be done with it. */
export function OutlineRow({ id, group, onOpen }: Row & { onOpen: (id: string) => void }) {
  const desk = useDesk();
  const node = useNode(id);
  const isSelected = useGraph(({ selection }) => selection.has(id));
  const isOpen = useBoard(({ active }) => active === id) || isSelected;
  const problems = useGraph(({ problems: { byNode } }) => byNode.get(id)?.length ?? 0);
  const mark = useContext(StagedContext).nodes.get(id);
  if (!node) return null;
  const open = () => {
    desk.graph.select([id]);
    desk.board.setState({ active: id });
    onOpen(id);
  };
  return (
    <>
      {group !== undefined && <h3 className={styles.group}>{group}</h3>}
      <div className={classes(styles.row, isSelected && styles.selected)}>
        <KindGlyph kind={node.type} />
        <div className={styles.words}>
          <button type="button" data-name className={styles.name} onClick={open}>
            {nameOfNode(node)}
          </button>
          <p className={styles.fact}>{[titleOf(node.type), factOf(node)].filter(Boolean).join(" · ")}</p>
          <p className={styles.state}>
            <CardPill id={id} kind={node.type} />
            {mark && <span>{stagedWords[mark]}</span>}
            {problems > 0 && <span className={styles.problems}>{counted(problems, "problem")}</span>}
          </p>
          {isOpen && <Edges id={id} />}
        </div>
        <RowActions id={id} name={nameOfNode(node)} />
      </div>
    </>
  );
}

function RowActions({ id, name }: { id: string; name: string }) {
  const desk = useDesk();
  const isLocked = useGraph(({ lock }) => lock !== undefined);
  const openFor = (kind: "connect" | "rename" | "menu") => {
    desk.graph.select([id]);
    const panel = kind === "connect" ? { kind, from: id } : kind === "rename" ? { kind, id } : { kind };
    desk.board.setState({ active: id, panel });
  };
  return (
    <div className={styles.actions}>
      <IconButton
        label={`Show ${name} on canvas`}
        icon={Crosshair}
        size="small"
        onClick={() => goTo(desk, id)}
      />
      {!isLocked && (
        <>
          <IconButton
            label={`Connect ${name}`}
            icon={Cable}
            size="small"
            onClick={() => openFor("connect")}
          />
          <IconButton label={`Rename ${name}`} icon={Pencil} size="small" onClick={() => openFor("rename")} />
        </>
      )}
      <IconButton
        label={`All actions for ${name}`}
        icon={Ellipsis}
        size="small"
        onClick={() => openFor("menu")}
      />
    </div>
  );
}

/** The edges of a node as sentences, each to be taken away or, where it is an order, changed. */
function Edges({ id }: { id: string }) {
  const desk = useDesk();
  const graph = useGraph((state) => state.graph);
  const isLocked = useGraph(({ lock }) => lock !== undefined);
  const sentences = useMemo(() => edgeSentences(graph, id), [graph, id]);
  if (sentences.length === 0) return <p className={styles.fact}>Connected to nothing</p>;
  return (
    <ul className={styles.edges}>
      {sentences.map(({ id: edgeId, text }) => {
        const edge = graph.edges.get(edgeId);
        const [source, target] = [graph.nodes.get(edge?.source ?? ""), graph.nodes.get(edge?.target ?? "")];
        return (
          <li key={edgeId}>
            <span>{text}</span>
            {!isLocked && (
              <IconButton
                label={`Disconnect: ${text}`}
                icon={Unlink}
                size="small"
                onClick={() => disconnect(desk, edgeId)}
              />
            )}
            {!isLocked && edge?.type === "dependency" && source && target && edge.target === id && (
              <ConditionField edge={edge} source={source} target={target} />
            )}
          </li>
        );
      })}
    </ul>
  );
}
