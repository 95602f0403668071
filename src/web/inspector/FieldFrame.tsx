import { CircleHelp, RotateCcw } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import type { Field as Described } from "../../core/catalog/form.ts";
import { IconButton } from "../parts/Button.tsx";
import { Field } from "../parts/Field.tsx";
import { Tag } from "../parts/Status.tsx";
import styles from "./Form.module.css";
import { shortText } from "./field-words.ts";
import { useForm } from "./form-model.ts";
import { Problem } from "./Problem.tsx";
import { type Place, valueAt } from "./places.ts";

export interface FrameProps {
  field: Described;
  place: Place;
  /** Several inputs under one heading, instead of one with a label. */
  isGroup?: boolean | undefined;
  /** Problems of what is inside are shown there. */
  tellsInside?: boolean | undefined;
  children: (id: string, describedBy: string | undefined) => ReactNode;
}

/** A setting's name, where its value comes from, what is wrong with it, and help when asked for. */
export function FieldFrame({ field, place, isGroup, tellsInside, children }: FrameProps) {
  const form = useForm();
  const [isOpen, open] = useState(false);
  const problems = tellsInside ? form.problemsAt(place) : form.problemsIn(place);
  const error =
    problems.length > 0 && problems.map((each) => <Problem key={each.path + each.code} problem={each} />);
  const marks = <Marks field={field} place={place} />;
  const help = field.help && (
    <IconButton
      label={`Help on ${field.title.toLowerCase()}`}
      icon={CircleHelp}
      size="small"
      aria-expanded={isOpen}
      className={styles.helpButton}
      onClick={() => open(!isOpen)}
    />
  );
  const hint = (
    <>
      {marks}
      {help}
    </>
  );
  const shared = { hint, error, help: isOpen && helpOf(field) };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears that somebody has left what is inside.
    <div className={styles.field} data-place={place.join("/")} onBlur={() => form.leave(place)}>
      {field.widget === "switch" ? (
        <SwitchFrame {...shared}>{children}</SwitchFrame>
      ) : isGroup ? (
        <GroupFrame title={field.title} {...shared}>
          {children}
        </GroupFrame>
      ) : (
        <Field label={field.title} {...shared} hint={<span className={styles.marks}>{hint}</span>}>
          {children}
        </Field>
      )}
      <Deployed field={field} place={place} />
    </div>
  );
}

function helpOf({ help = "", example }: Described): string {
  return example === undefined ? help : `${help} For example ${example}.`;
}

interface GroupFrameProps {
  title: string;
  hint: ReactNode;
  help: ReactNode;
  error: ReactNode;
  children: FrameProps["children"];
}

function GroupFrame({ title, hint, help, error, children }: GroupFrameProps) {
  const id = useId();
  const describedBy = help || error ? `${id}about` : undefined;
  return (
    <fieldset className={styles.group} aria-describedby={describedBy}>
      <legend className={styles.legend}>{title}</legend>
      <div className={styles.groupMarks}>
        <span className={styles.marks}>{hint}</span>
      </div>
      {children(id, describedBy)}
      {describedBy && (
        <div id={describedBy}>
          {error && <div className={styles.error}>{error}</div>}
          {help && <p className={styles.help}>{help}</p>}
        </div>
      )}
    </fieldset>
  );
}

/** A switch has its name beside it. */
function SwitchFrame({ hint, help, error, children }: Omit<GroupFrameProps, "title">) {
  const id = useId();
  const describedBy = help || error ? `${id}about` : undefined;
  return (
    <>
      <div className={styles.switch}>
        {children(id, describedBy)}
        <span className={styles.marks}>{hint}</span>
      </div>
      {describedBy && (
        <div id={describedBy}>
          {error && <div className={styles.error}>{error}</div>}
          {help && <p className={styles.help}>{help}</p>}
        </div>
      )}
    </>
  );
}

/** Where a value comes from that nobody typed here. */
function Marks({ field, place }: { field: Described; place: Place }) {
  const { isMixed, derived, read } = useForm();
  const [key] = place;
  const isTop = place.length === 1;
  if (isMixed(place)) return <Tag>mixed</Tag>;
  if (isTop && derived.isScaled && key === "replicas") return <Tag>owned by the autoscaler</Tag>;
  if (isTop && derived.overruled.has(String(key))) return <Tag>set in YAML</Tag>;
  if (isTop && derived.fromEdge.has(String(key))) return <Tag>from edge</Tag>;
  const holds = isTop ? (derived.values[String(key)] ?? field.usual) : field.usual;
  const isUsual = read(place) === undefined && holds !== undefined && typeof holds !== "object";
  return isUsual && <Tag>default</Tag>;
}

/** What is deployed, where it is something else, and the way back to it. */
function Deployed({ field, place }: { field: Described; place: Place }) {
  const { deployed, read, write, lock } = useForm();
  if (!deployed || place.length !== 1) return null;
  const [before, now] = [valueAt(deployed.data, place), read(place)];
  if (JSON.stringify(before) === JSON.stringify(now)) return null;
  const version = deployed.version === undefined ? "the deployed version" : `v${deployed.version}`;
  return (
    <div className={styles.deployed}>
      <span>
        changed since {version}, was <span className={styles.was}>{shortText(before)}</span>
      </span>
      <IconButton
        label={`Put ${field.title.toLowerCase()} back to deployed`}
        icon={RotateCcw}
        size="small"
        disabledReason={lock}
        onClick={() => write(place, before, field.title)}
      />
    </div>
  );
}
