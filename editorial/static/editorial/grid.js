/* Lets the arrow keys, Home and End lead from cell to cell of the coverage grid.
   Without it, Tab leads through its links, and a link above leads past them. */
{
  const table = document.querySelector("table.coverage");

  const to = (row, column) => {
    const cell = table.tBodies[0].rows[row]?.cells[column];
    cell?.querySelector("a")?.focus();
  };

  const moved = (key, row, column, last) => {
    switch (key) {
      case "ArrowLeft":
        return [row, Math.max(1, column - 1)];
      case "ArrowRight":
        return [row, Math.min(last, column + 1)];
      case "ArrowUp":
        return [row - 1, column];
      case "ArrowDown":
        return [row + 1, column];
      case "Home":
        return [row, 1];
      case "End":
        return [row, last];
    }
    return null;
  };

  table?.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td");
    if (!cell || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const row = cell.parentElement;
    const place = moved(event.key, row.sectionRowIndex, cell.cellIndex, row.cells.length - 1);
    if (place && place[0] >= 0) {
      event.preventDefault();
      to(...place);
    }
  });
}
