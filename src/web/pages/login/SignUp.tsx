import { Link, Navigate, useSearch } from "@tanstack/react-router";
import { api } from "../../../contract/api.ts";
import { useRead } from "../../api.ts";
import { Loaded } from "../../parts/Loaded.tsx";
import { Note } from "../../parts/Note.tsx";
import { useSession } from "../../session.ts";
import { destinationOf } from "./destination.ts";
import { Entrance } from "./Entrance.tsx";
import { SignUpForm } from "./SignUpForm.tsx";

/** Signs up, which signs in as well; the very first to do so is told what that makes of them. */
export function SignUp(): React.ReactNode {
  const { to, invite } = useSearch({ from: "/signup" });
  const isSignedIn = useSession(({ token }) => token !== undefined);
  const methods = useRead(api.listAuthMethods, {});
  if (isSignedIn) return <Navigate to={to === undefined ? "/welcome" : destinationOf(to)} replace />;

  return (
    <Entrance title={methods.data?.first_user ? "Set up Orrery" : "Sign up"}>
      <Loaded query={methods}>
        {({ registration, first_user }) =>
          registration === "closed" && !first_user ? (
            <Note tone="idle" title="Nobody can sign up here">
              Ask your administrator for an account.
            </Note>
          ) : (
            <SignUpForm isFirst={first_user} needsInvite={registration === "invite"} invite={invite} />
          )
        }
      </Loaded>
      {!methods.data?.first_user && (
        <p>
          Have an account?{" "}
          <Link to="/login" search={to === undefined ? {} : { to }}>
            Sign in
          </Link>
        </p>
      )}
    </Entrance>
  );
}
