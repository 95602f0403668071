import { Suspense } from "react";
import { TextArea } from "../../parts/Inputs.tsx";
import { LoadedYamlBox } from "../later-parts.ts";
import type { YamlBoxProps } from "./LoadedYamlBox.tsx";
import { useValue } from "./use-value.ts";
import type { WidgetProps } from "./widget.ts";

/** A box for a value of any shape, as YAML. */
export function YamlBox(props: YamlBoxProps) {
  return (
    <Suspense fallback={<TextArea aria-label={props.label} value="" readOnly onChange={() => undefined} />}>
      <LoadedYamlBox {...props} />
    </Suspense>
  );
}

/** What no other widget fits, in Kubernetes' own form. */
export function YamlWidget(props: WidgetProps) {
  const { value, write, isReadOnly } = useValue(props);
  return (
    <YamlBox
      id={props.id}
      describedBy={props.describedBy}
      label={props.field.title}
      value={value}
      placeholder="YAML"
      isReadOnly={isReadOnly}
      onChange={write}
    />
  );
}
