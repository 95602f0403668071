import { useState } from "react";
import { api } from "../../../contract/api.ts";
import type { NewShare } from "../../../contract/cluster-sharing.ts";
import type { Cluster } from "../../../contract/clusters.ts";
import { invalidate, useSend } from "../../api.ts";
import { Button } from "../../parts/Button.tsx";
import { RadioGroup } from "../../parts/Choices.tsx";
import { ErrorPanel } from "../../parts/ErrorPanel.tsx";
import { Field } from "../../parts/Field.tsx";
import { TextInput } from "../../parts/Inputs.tsx";
import { toast } from "../../parts/toast.ts";
import { roleWords } from "../clusters/ClusterName.tsx";
import { clustersChanged } from "../clusters/use-cluster-deeds.ts";
import styles from "./ClusterPage.module.css";

const helps = {
  viewer: "See what runs, its logs and events.",
  editor: "Deploy, take back and open a shell as well.",
  admin: "Share the cluster with others as well.",
} as const satisfies Record<NewShare["role"], string>;

const roles = (["viewer", "editor", "admin"] as const).map((value) => ({
  value,
  label: roleWords[value] ?? value,
  help: helps[value],
}));

/** Gives somebody access, or changes how much they have. */
export function ShareForm({ cluster: { name, metadata } }: { cluster: Cluster }) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<NewShare["role"]>("viewer");
  const [namespaces, setNamespaces] = useState("");
  const [missing, setMissing] = useState<string>();
  const sharing = useSend(api.shareCluster, {
    onSuccess: async () => {
      toast({ tone: "ok", title: `${name} is shared with ${email.trim()}` });
      setEmail("");
      await Promise.all([invalidate(api.listShares), clustersChanged()]);
    },
  });
  const submit = () => {
    setMissing(email.trim() ? undefined : "This is needed");
    const body = { email: email.trim(), role, namespaces: namesIn(namespaces) };
    if (body.email) sharing.mutate({ params: { name }, body });
  };
  return (
    <form action={submit} className={styles.form} noValidate>
      <Field label="E-mail" help="Of somebody who has an account here." error={missing}>
        {(id, describedBy) => (
          <TextInput
            id={id}
            describedBy={describedBy}
            type="email"
            autoComplete="off"
            value={email}
            onChange={setEmail}
          />
        )}
      </Field>
      <RadioGroup label="Role" value={role} onChange={setRole} options={roles} />
      <Field label="Namespaces" hint="optional" help={namespacesHelp(metadata.namespaces)}>
        {(id, describedBy) => (
          <TextInput id={id} describedBy={describedBy} code value={namespaces} onChange={setNamespaces} />
        )}
      </Field>
      {sharing.error && <ErrorPanel error={sharing.error} />}
      <div className={styles.actions}>
        <Button type="submit" variant="primary" busy={sharing.isPending}>
          Share
        </Button>
      </div>
    </form>
  );
}

function namesIn(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

function namespacesHelp(known: readonly string[]): string {
  const some = known.slice(0, 5).join(", ");
  const example = some && ` The cluster has ${some}${known.length > 5 ? " and more" : ""}.`;
  return `With commas between them; none means all of them.${example}`;
}
