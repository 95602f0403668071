import type { Field } from "../../../core/catalog/form.ts";
import { Select } from "../../parts/Choices.tsx";
import styles from "../Form.module.css";
import { useForm } from "../form-model.ts";
import { useFields } from "./fields-context.ts";
import { useValue } from "./use-value.ts";
import { isMap, type WidgetProps } from "./widget.ts";

type Way = "none" | "path" | "httpGet" | "tcpSocket" | "exec" | "grpc";

const ways: { value: Way; label: string }[] = [
  { value: "none", label: "No check" },
  { value: "path", label: "HTTP path" },
  { value: "httpGet", label: "HTTP request, in detail" },
  { value: "tcpSocket", label: "TCP connection" },
  { value: "exec", label: "Command" },
  { value: "grpc", label: "gRPC" },
];

const begun: Readonly<Record<Exclude<Way, "none">, object>> = {
  path: { path: "/" },
  httpGet: { httpGet: { path: "/" } },
  tcpSocket: { tcpSocket: {} },
  exec: { exec: { command: [] } },
  grpc: { grpc: {} },
};

/** How a container is asked whether it is well: first the way, then what that way has to know, then its times. */
export function ProbeWidget(props: WidgetProps) {
  const { value, write, isReadOnly } = useValue(props);
  const { field, place, id, describedBy } = props;
  const { read } = useForm();
  const Fields = useFields();
  const way = wayOf(value);
  const choose = (next: Way) => {
    const { path: _, port: __, httpGet: ___, tcpSocket, exec, grpc, ...times } = isMap(value) ? value : {};
    write(next === "none" ? undefined : { ...begun[next], ...times });
  };
  const fields = (field.fields ?? []).filter(({ key }) => belongs(key, way));
  const isInner = way !== "none" && way !== "path";
  const times = fields.filter(({ key }) => /Seconds|Threshold/.test(key));
  return (
    <div className={styles.stack}>
      <Select
        id={id}
        describedBy={describedBy}
        label={`How ${field.title.toLowerCase()} asks`}
        value={way}
        options={ways}
        disabled={isReadOnly}
        onChange={choose}
      />
      {way === "path" && <Fields fields={fields.filter((each) => !times.includes(each))} place={place} />}
      {isInner && read([...place, way]) !== undefined && (
        <Fields fields={innerFields[way]} place={[...place, way]} />
      )}
      {way !== "none" && (
        <div className={styles.pairs}>
          <Fields fields={times} place={place} />
        </div>
      )}
    </div>
  );
}

function wayOf(value: unknown): Way {
  if (!isMap(value) || Object.keys(value).length === 0) return "none";
  return (
    (["httpGet", "tcpSocket", "exec", "grpc"] as const).find((key) => value[key] !== undefined) ?? "path"
  );
}

function belongs(key: string, way: Way): boolean {
  if (key === "path" || key === "port") return way === "path";
  return key === way || /Seconds|Threshold/.test(key);
}

const inner = (key: string, title: string, widget: Field["widget"]): Field => {
  return { key, title, widget, group: "", isRequired: false };
};
const port = inner("port", "Port", "port");

const innerFields: Readonly<Record<Exclude<Way, "none" | "path">, readonly Field[]>> = {
  httpGet: [
    inner("path", "Path", "text"),
    port,
    { ...inner("scheme", "Scheme", "choice"), words: ["HTTP", "HTTPS"], usual: "HTTP" },
    inner("host", "Host", "host"),
    inner("httpHeaders", "Headers", "yaml"),
  ],
  tcpSocket: [port, inner("host", "Host", "host")],
  exec: [inner("command", "Command", "texts")],
  grpc: [port, inner("service", "Service", "text")],
};
