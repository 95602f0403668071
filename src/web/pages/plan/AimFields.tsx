import { useState } from "react";
import { Select } from "../../parts/Choices.tsx";
import { Field } from "../../parts/Field.tsx";
import { TextInput } from "../../parts/Inputs.tsx";
import styles from "./Plan.module.css";
import type { Aim } from "./use-aim.ts";

const namespaceForm = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Where it goes: the cluster, and the namespace of nodes that name none themselves. */
export function AimFields({ aim }: { aim: Aim }) {
  const [typed, setTyped] = useState<string>();
  const namespace = typed ?? aim.namespace;
  const isWrong = !namespaceForm.test(namespace);
  const take = () => {
    if (typed !== undefined && !isWrong && typed !== aim.namespace) aim.choose({ namespace: typed });
    if (!isWrong) setTyped(undefined);
  };
  return (
    <div className={styles.aim}>
      <Field label="Cluster">
        {(id) => (
          <Select
            id={id}
            value={aim.cluster}
            onChange={(cluster) => aim.choose({ cluster })}
            options={[
              ...(aim.cluster === "" ? [{ value: "", label: "None yet" }] : []),
              ...aim.clusters.map(({ name, displayName, simulated, role }) => ({
                value: name,
                label: `${displayName || name}${simulated ? " (simulated)" : ""}`,
                ...(role === "viewer" && { disabledReason: "you may only look" }),
              })),
            ]}
          />
        )}
      </Field>
      <Field label="Namespace" {...(isWrong && { error: "Small letters, digits and dashes" })}>
        {(id, describedBy) => (
          <TextInput
            id={id}
            describedBy={describedBy}
            code
            value={namespace}
            onChange={setTyped}
            onBlur={take}
            onKeyDown={({ key }) => key === "Enter" && take()}
          />
        )}
      </Field>
    </div>
  );
}
