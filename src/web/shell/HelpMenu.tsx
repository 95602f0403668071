import { BookOpen, CircleQuestionMark, Keyboard } from "lucide-react";
import { useConnection } from "../live/connection.ts";
import { IconButton } from "../parts/Button.tsx";
import { Menu, MenuItem, MenuLabel } from "../parts/Menu.tsx";

export function HelpMenu({ onKeys }: { onKeys(): void }) {
  const version = useConnection((connection) => connection.version);

  return (
    <Menu trigger={<IconButton label="Help" icon={CircleQuestionMark} />}>
      <MenuItem icon={Keyboard} keys="?" onSelect={onKeys}>
        Keys
      </MenuItem>
      <MenuItem icon={BookOpen} onSelect={() => window.open("/v1/docs", "_blank", "noopener")}>
        API reference
      </MenuItem>
      {version !== undefined && <MenuLabel>Orrery {version}</MenuLabel>}
    </Menu>
  );
}
