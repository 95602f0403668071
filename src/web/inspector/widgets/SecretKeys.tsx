import { useState } from "react";
import { api } from "../../../contract/api.ts";
import type { SecretValues } from "../../../contract/versions.ts";
import { useRead } from "../../api.ts";
import { Button } from "../../parts/Button.tsx";
import { Hidden } from "../../parts/Hidden.tsx";
import { PasswordInput, TextInput } from "../../parts/Inputs.tsx";
import { Tag } from "../../parts/Status.tsx";
import { When } from "../../parts/When.tsx";
import styles from "../Form.module.css";
import { useForm } from "../form-model.ts";
import { typeSecret, useTypedSecret } from "../secret-values.ts";
import { Rows } from "./Rows.tsx";
import { PlainNamesWidget } from "./Texts.tsx";
import { useValue } from "./use-value.ts";
import { isMap, textOf, type WidgetProps } from "./widget.ts";

/** Names whose values are given to a run; those of other things are just names. */
export function NamesWidget(props: WidgetProps) {
  const isGivenToRuns = props.field.key === "keys" || props.field.key === "envKeys";
  return isGivenToRuns ? <SecretKeysWidget {...props} /> : <PlainNamesWidget {...props} />;
}

function SecretKeysWidget(props: WidgetProps) {
  const { value, write, isReadOnly } = useValue(props);
  const { workflowId, nodes } = useForm();
  const stored = useRead(api.listSecretValues, { params: { id: workflowId } }).data;
  const list: unknown[] = Array.isArray(value) ? value : [];
  const nameOf = (index: number) => textOf((list[index] as { name?: unknown } | undefined)?.name);
  const set = (next: unknown[]) => write(next.length > 0 ? next : undefined);
  const [node] = nodes.length === 1 ? nodes : [];
  const rename = (index: number, name: string) => {
    const item = list[index];
    // What was typed was for the name it had.
    if (node) typeSecret(workflowId, node.id, nameOf(index), undefined);
    set(list.with(index, isMap(item) ? { ...item, name } : { name }));
  };
  return (
    <Rows
      what="key"
      count={list.length}
      isReadOnly={isReadOnly}
      onAdd={() => set([...list, { name: "" }])}
      onRemove={(index) => {
        if (node) typeSecret(workflowId, node.id, nameOf(index), undefined);
        set(list.toSpliced(index, 1));
      }}
    >
      {(index) => (
        <div className={styles.stack}>
          <TextInput
            aria-label={`Key ${index + 1}`}
            code
            autoComplete="off"
            placeholder="NAME"
            readOnly={isReadOnly}
            value={nameOf(index)}
            onChange={(name) => rename(index, name)}
          />
          {node && nameOf(index) !== "" && (
            <KeyValue
              workflowId={workflowId}
              nodeId={node.id}
              name={nameOf(index)}
              stored={stored?.[node.id]?.[nameOf(index)]}
              isReadOnly={isReadOnly}
            />
          )}
        </div>
      )}
    </Rows>
  );
}

interface KeyValueProps {
  workflowId: string;
  nodeId: string;
  name: string;
  stored: SecretValues[string][string] | undefined;
  isReadOnly: boolean;
}

/** How it stands with one value, and a place to type it that nothing but a run reads. */
function KeyValue({ workflowId, nodeId, name, stored, isReadOnly }: KeyValueProps) {
  const typed = useTypedSecret(workflowId, nodeId, name);
  const [isOpen, open] = useState(false);
  const isStored = stored?.present === true;
  const takeBack = () => {
    typeSecret(workflowId, nodeId, name, undefined);
    open(false);
  };
  return (
    <div className={styles.stack}>
      <div className={styles.secret}>
        {typed !== undefined ? (
          <Tag tone="busy">Typed, not sent</Tag>
        ) : isStored ? (
          <>
            <Tag tone="ok">Stored in cluster</Tag>
            <span className={styles.about}>
              since <When at={stored.set_at} />
            </span>
          </>
        ) : (
          <Tag tone="warn">Needs a value</Tag>
        )}
        {!isReadOnly && (
          <Button
            size="small"
            variant="quiet"
            aria-expanded={isOpen}
            onClick={() => (typed === undefined ? open(!isOpen) : takeBack())}
          >
            {typed !== undefined ? "Take back" : isStored ? "Replace" : "Type it"}
            <Hidden> the value of {name}</Hidden>
          </Button>
        )}
      </div>
      {(isOpen || typed !== undefined) && !isReadOnly && (
        <PasswordInput
          aria-label={`Value of ${name}`}
          autoComplete="new-password"
          placeholder="kept on this page until it is sent"
          value={typed ?? ""}
          onChange={(text) => typeSecret(workflowId, nodeId, name, text)}
        />
      )}
    </div>
  );
}
