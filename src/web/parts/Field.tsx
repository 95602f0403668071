import { OctagonX } from "lucide-react";
import { createContext, type ReactNode, useContext, useId } from "react";
import styles from "./Field.module.css";

export interface FieldProps {
  label: ReactNode;
  /** One sentence under the field. */
  help?: ReactNode;
  /** What is wrong with what is in it. */
  error?: ReactNode;
  /** A few words at the right of the label, such as "optional". */
  hint?: ReactNode;
  children: (id: string, describedBy: string | undefined) => ReactNode;
}

const Faulty = createContext(false);

/** Whether the field around this input is faulty. */
export const useFaulty = () => useContext(Faulty);

/** A label, the input under it, and what is to be said about it. */
export function Field({ label, help, error, hint, children }: FieldProps) {
  const id = useId();
  const helpId = help ? `${id}help` : undefined;
  const errorId = error ? `${id}error` : undefined;
  const describedBy = [errorId, helpId].filter(Boolean).join(" ") || undefined;
  return (
    <div className={styles.field}>
      <div className={styles.top}>
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
        {hint && <span className={styles.hint}>{hint}</span>}
      </div>
      <Faulty value={Boolean(error)}>{children(id, describedBy)}</Faulty>
      {error && (
        <p className={styles.error} id={errorId}>
          <OctagonX size={14} aria-hidden />
          <span>{error}</span>
        </p>
      )}
      {help && (
        <p className={styles.help} id={helpId}>
          {help}
        </p>
      )}
    </div>
  );
}
