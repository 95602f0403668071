import { failureText } from "../parts/failure-text.ts";
import { Note } from "../parts/Note.tsx";

/** Why what was just asked for did not happen, beside the button that asked. */
export function Refusal({ error }: { error: Error | null | undefined }) {
  if (!error) return null;
  const { title, more, details } = failureText(error);

  return (
    <Note tone="bad" alert title={more ?? title}>
      {details.length > 0 && (
        <ul>
          {details.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </Note>
  );
}
