import { Field } from "../parts/Field.tsx";
import { TextInput } from "../parts/Inputs.tsx";

interface EmailFieldProps {
  value: string;
  onChange: (email: string) => void;
}

/** Who somebody is, as they sign in and as browsers remember them. */
export function EmailField({ value, onChange }: EmailFieldProps) {
  return (
    <Field label="E-mail">
      {(id) => (
        <TextInput
          id={id}
          type="email"
          name="email"
          autoComplete="username"
          required
          value={value}
          onChange={onChange}
        />
      )}
    </Field>
  );
}
