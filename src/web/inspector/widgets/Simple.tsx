import { Checkbox, Select, Switch } from "../../parts/Choices.tsx";
import { NumberInput, TextInput } from "../../parts/Inputs.tsx";
import { useValue } from "./use-value.ts";
import { textOf, type WidgetProps } from "./widget.ts";

export function TextWidget(props: WidgetProps & { code?: boolean }) {
  const { value, write, placeholder, isReadOnly } = useValue(props);
  return (
    <TextInput
      id={props.id}
      describedBy={props.describedBy}
      code={props.code}
      value={textOf(value)}
      placeholder={placeholder}
      readOnly={isReadOnly}
      autoComplete="off"
      onChange={(text) => write(text === "" ? undefined : text)}
    />
  );
}

export function CodeWidget(props: WidgetProps) {
  return <TextWidget {...props} code />;
}

export function NumberWidget(props: WidgetProps) {
  const { value, write, placeholder, isReadOnly } = useValue(props);
  const { least, most, unit } = props.field;
  return (
    <NumberInput
      id={props.id}
      describedBy={props.describedBy}
      value={typeof value === "number" ? value : undefined}
      placeholder={placeholder}
      readOnly={isReadOnly}
      unit={unit}
      min={least}
      max={most}
      onChange={write}
    />
  );
}

/** A number, or the name of a port; digits are a number. */
export function PortWidget(props: WidgetProps) {
  const { value, write, placeholder, isReadOnly } = useValue(props);
  const toPort = (text: string) => (/^\d+$/.test(text) ? Number(text) : text);
  return (
    <TextInput
      id={props.id}
      describedBy={props.describedBy}
      value={textOf(value)}
      placeholder={placeholder}
      readOnly={isReadOnly}
      autoComplete="off"
      onChange={(text) => write(text === "" ? undefined : toPort(text.trim()))}
    />
  );
}

export function SwitchWidget(props: WidgetProps) {
  const { value, write, derived, isReadOnly } = useValue(props);
  const { title, usual } = props.field;
  const otherwise = derived ?? usual ?? false;
  return (
    <Switch
      label={title}
      checked={(value ?? otherwise) === true}
      disabled={isReadOnly}
      onChange={(checked) => write(checked === otherwise ? undefined : checked)}
    />
  );
}

export function ChoiceWidget(props: WidgetProps) {
  const { value, write, placeholder, isReadOnly } = useValue(props);
  const words = props.field.words ?? [];
  const own = textOf(value);
  const none =
    placeholder === "" ? "Not set" : placeholder === "mixed" ? placeholder : `${placeholder} (default)`;
  const unknown = own !== "" && !words.includes(own);
  return (
    <Select
      id={props.id}
      describedBy={props.describedBy}
      disabled={isReadOnly}
      value={own}
      onChange={(word) => write(word === "" ? undefined : word)}
      options={[
        { value: "", label: none },
        ...words.map((word) => ({ value: word, label: word })),
        ...(unknown ? [{ value: own, label: `Unknown (${own})` }] : []),
      ]}
    />
  );
}

/** Some of a few words. */
export function SeveralWidget(props: WidgetProps) {
  const { value, write, derived, isReadOnly } = useValue(props);
  const chosen: unknown[] = Array.isArray(value) ? value : Array.isArray(derived) ? derived : [];
  const words = props.field.words ?? [];
  const toggle = (word: string, isOn: boolean) => {
    const next = words.filter((each) => (each === word ? isOn : chosen.includes(each)));
    write(next.length > 0 ? next : undefined);
  };
  return words.map((word) => (
    <Checkbox
      key={word}
      label={word}
      checked={chosen.includes(word)}
      disabled={isReadOnly}
      onChange={(isOn) => toggle(word, isOn)}
    />
  ));
}
