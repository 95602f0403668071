import { AccountMenu } from "./AccountMenu.tsx";
import { Bell } from "./Bell.tsx";
import { HelpMenu } from "./HelpMenu.tsx";

/** What opens at the right of the bar. It comes after the page itself, which does not need it. */
export function TopMenus({ onKeys }: { onKeys(): void }) {
  return (
    <>
      <Bell />
      <HelpMenu onKeys={onKeys} />
      <AccountMenu />
    </>
  );
}
