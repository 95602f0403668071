import { Link } from "@tanstack/react-router";
import { ApiError } from "../../../client/api-error.ts";
import { Note } from "../../parts/Note.tsx";

/** Why nothing was deployed. */
export function DeployFailure({ error, id }: { error: Error | null; id: string }) {
  if (!error) return null;
  const run = error instanceof ApiError ? error.run_id : undefined;
  return (
    <Note tone="bad" title={error.message} alert>
      {run ? (
        <>
          Nothing was deployed.{" "}
          <Link to="/workflows/$id/runs/$run" params={{ id, run }}>
            See the run that is under way
          </Link>
          : it can be waited for, or cancelled there.
        </>
      ) : (
        "Nothing was deployed."
      )}
    </Note>
  );
}
