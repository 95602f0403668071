import { useState } from "react";
import { api } from "../../../contract/api.ts";
import type { Resource } from "../../../contract/resources.ts";
import { useRead } from "../../api.ts";
import { Select } from "../../parts/Choices.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { TerminalView } from "../../terminal/TerminalView.tsx";
import styles from "./ResourcePage.module.css";
import type { PlaceChange, ResourceSearch } from "./resource-search.ts";

interface TerminalTabProps {
  resource: Resource;
  search: ResourceSearch;
  onChange: (change: PlaceChange) => void;
}

/** A shell in it, or in one of its pods. */
export function TerminalTab({ resource, search, onChange }: TerminalTabProps) {
  if (resource.type === "Pod") return <InPod pods={[resource]} search={search} onChange={onChange} />;
  return <InOneOf id={resource.id} search={search} onChange={onChange} />;
}

function InOneOf({ id, search, onChange }: { id: string } & Omit<TerminalTabProps, "resource">) {
  const query = useRead(api.listResourcePods, { params: { id } });
  return (
    <Loaded
      query={query}
      empty={({ pods }) => (pods.length === 0 ? <Empty title="There is no pod to enter" /> : undefined)}
    >
      {({ pods }) => <InPod pods={pods} search={search} onChange={onChange} />}
    </Loaded>
  );
}

interface InPodProps extends Omit<TerminalTabProps, "resource"> {
  pods: readonly Resource[];
}

function InPod({ pods, search, onChange }: InPodProps) {
  const [debugs, setDebugs] = useState("");
  const running = pods.find(({ status }) => status === "running") ?? pods[0];
  const pod = pods.find(({ name }) => name === search.pod) ?? running;
  if (!pod) return null;
  const containers = containersOf(pod);
  const container = containers.find((name) => name === search.container) ?? containers[0];
  const key = `${pod.id} ${container}`;
  const ask = { id: pod.id, container, debug: debugs === key };
  const several = pods.length > 1 || containers.length > 1;
  return (
    <div className={`${styles.tall} ${several ? styles.choose : ""}`}>
      {several && (
        <div className={styles.choices}>
          {pods.length > 1 && (
            <Select
              label="Pod"
              value={pod.name}
              onChange={(name) => onChange({ pod: name, container: undefined })}
              options={pods.map(({ name }) => ({ value: name, label: name }))}
            />
          )}
          {containers.length > 1 && (
            <Select
              label="Container"
              value={container ?? ""}
              onChange={(name) => onChange({ container: name })}
              options={containers.map((name) => ({ value: name, label: name }))}
            />
          )}
        </div>
      )}
      <TerminalView key={`${key} ${ask.debug}`} ask={ask} onDebug={() => setDebugs(key)} />
    </div>
  );
}

function containersOf({ spec: { containers } }: Resource): string[] {
  return Array.isArray(containers) ? containers.map(({ name }) => String(name)) : [];
}
