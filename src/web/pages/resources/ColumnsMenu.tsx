import { Columns3 } from "lucide-react";
import { Button } from "../../parts/Button.tsx";
import { Menu, MenuChoice, MenuLabel } from "../../parts/Menu.tsx";
import { columns, shownColumns, useChosenColumns } from "./columns.ts";

/** Which columns the list has beside the name. */
export function ColumnsMenu({ clusters }: { clusters: number }) {
  const ids = useChosenColumns((chosen) => chosen.ids);
  const shown = new Set<string>(shownColumns(ids, clusters).map(({ id }) => id));
  const toggle = (id: string) =>
    useChosenColumns.setState({
      ids: columns.map((each) => each.id).filter((each) => shown.has(each) !== (each === id)),
    });
  return (
    <Menu trigger={<Button icon={Columns3}>Columns</Button>}>
      <MenuLabel>Beside the name</MenuLabel>
      {columns.map(({ id, head }) => (
        <MenuChoice key={id} checked={shown.has(id)} onSelect={() => toggle(id)}>
          {head}
        </MenuChoice>
      ))}
    </Menu>
  );
}
