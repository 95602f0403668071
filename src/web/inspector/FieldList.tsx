import { ChevronDown, ChevronRight } from "lucide-react";
import { type ComponentType, useId, useState } from "react";
import type { Field, Widget } from "../../core/catalog/form.ts";
import { FieldFrame } from "./FieldFrame.tsx";
import styles from "./Form.module.css";
import { useForm } from "./form-model.ts";
import type { Place } from "./places.ts";
import { CronWidget } from "./widgets/Cron.tsx";
import { EitherWidget } from "./widgets/Either.tsx";
import { EnvironmentWidget } from "./widgets/Environment.tsx";
import { EnvironmentFromWidget } from "./widgets/EnvironmentFrom.tsx";
import { ListWidget, PartWidget } from "./widgets/Parts.tsx";
import { ProbeWidget } from "./widgets/Probe.tsx";
import { AmountsWidget, QuantityWidget } from "./widgets/Quantity.tsx";
import { NamesWidget } from "./widgets/SecretKeys.tsx";
import {
  ChoiceWidget,
  CodeWidget,
  NumberWidget,
  PortWidget,
  SeveralWidget,
  SwitchWidget,
  TextWidget,
} from "./widgets/Simple.tsx";
import { ConfigurationWidget, MapWidget } from "./widgets/Tables.tsx";
import { TextsWidget } from "./widgets/Texts.tsx";
import type { WidgetProps } from "./widgets/widget.ts";
import { YamlWidget } from "./widgets/YamlBox.tsx";

interface Shown {
  Widget: ComponentType<WidgetProps>;
  /** Several inputs, which need a heading instead of a label. */
  isGroup?: boolean;
  /** Each of them shows what is wrong with it. */
  tellsInside?: boolean;
}

const widgets: Readonly<Record<Widget, Shown>> = {
  text: { Widget: TextWidget },
  image: { Widget: CodeWidget },
  host: { Widget: CodeWidget },
  port: { Widget: PortWidget },
  number: { Widget: NumberWidget },
  quantity: { Widget: QuantityWidget },
  choice: { Widget: ChoiceWidget },
  cron: { Widget: CronWidget },
  either: { Widget: EitherWidget },
  yaml: { Widget: YamlWidget },
  switch: { Widget: SwitchWidget },
  several: { Widget: SeveralWidget, isGroup: true },
  amounts: { Widget: AmountsWidget, isGroup: true },
  texts: { Widget: TextsWidget, isGroup: true },
  names: { Widget: NamesWidget, isGroup: true },
  map: { Widget: MapWidget, isGroup: true },
  configuration: { Widget: ConfigurationWidget, isGroup: true },
  environment: { Widget: EnvironmentWidget, isGroup: true },
  "environment-from": { Widget: EnvironmentFromWidget, isGroup: true },
  part: { Widget: PartWidget, isGroup: true, tellsInside: true },
  list: { Widget: ListWidget, isGroup: true, tellsInside: true },
  probe: { Widget: ProbeWidget, isGroup: true, tellsInside: true },
};

/** Fields one under the other: those that come first, then the named groups, each in a fold. */
export function FieldList({ fields, place }: { fields: readonly Field[]; place: Place }) {
  const groups = Map.groupBy(fields, ({ group }) => group);
  const first = groups.get("") ?? [];
  const others = [...groups].filter(([title]) => title !== "");
  return (
    <div className={styles.fields}>
      {first.map((field) => (
        <OneField key={field.key} field={field} place={[...place, field.key]} />
      ))}
      {others.map(([title, own]) => (
        <Fold key={title} title={title} fields={own} place={place} />
      ))}
    </div>
  );
}

function OneField({ field, place }: { field: Field; place: Place }) {
  const { Widget, isGroup, tellsInside } = widgets[field.widget];
  return (
    <FieldFrame field={field} place={place} isGroup={isGroup} tellsInside={tellsInside}>
      {(id, describedBy) => <Widget field={field} place={place} id={id} describedBy={describedBy} />}
    </FieldFrame>
  );
}

/** Opens by itself where something in it is said or wrong. */
function Fold({ title, fields, place }: { title: string; fields: readonly Field[]; place: Place }) {
  const id = useId();
  const { read, isMixed, problemsIn } = useForm();
  const places = fields.map(({ key }) => [...place, key]);
  const isFaulty = places.some((each) => problemsIn(each).length > 0);
  const said = places.filter((each) => read(each) !== undefined || isMixed(each)).length;
  const [choice, choose] = useState<boolean>();
  const isOpen = isFaulty || (choice ?? said > 0);
  const Arrow = isOpen ? ChevronDown : ChevronRight;
  return (
    <div className={styles.fold}>
      <button
        type="button"
        className={styles.foldTitle}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => choose(!isOpen)}
      >
        <Arrow size={16} aria-hidden />
        <span>{title}</span>
        {said > 0 && <span className={styles.count}>{said} set</span>}
      </button>
      <div id={id} className={styles.fields} hidden={!isOpen}>
        {isOpen &&
          fields.map((field) => <OneField key={field.key} field={field} place={[...place, field.key]} />)}
      </div>
    </div>
  );
}
