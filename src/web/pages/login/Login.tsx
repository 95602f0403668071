import { Link, Navigate, useSearch } from "@tanstack/react-router";
import { api } from "../../../contract/api.ts";
import { useRead } from "../../api.ts";
import { Note } from "../../parts/Note.tsx";
import { useSession } from "../../session.ts";
import { SignInForm } from "../../shell/SignInForm.tsx";
import { destinationOf } from "./destination.ts";
import { Entrance } from "./Entrance.tsx";

/** Signs in, and goes where one wanted to go. */
export function Login(): React.ReactNode {
  const { to, error } = useSearch({ from: "/login" });
  const isSignedIn = useSession(({ token }) => token !== undefined);
  // Where this is not known the form does no harm.
  const { data: methods } = useRead(api.listAuthMethods, {});
  if (isSignedIn) return <Navigate to={destinationOf(to)} replace />;
  if (methods?.first_user) return <Navigate to="/signup" search={to === undefined ? {} : { to }} replace />;

  return (
    <Entrance title="Sign in">
      {error !== undefined && (
        <Note tone="bad" alert>
          {error}
        </Note>
      )}
      <SignInForm />
      <p>
        {methods?.registration === "closed" ? (
          "No account? Ask your administrator for one."
        ) : (
          <>
            No account?{" "}
            <Link to="/signup" search={to === undefined ? {} : { to }}>
              Sign up
            </Link>
          </>
        )}
      </p>
    </Entrance>
  );
}
