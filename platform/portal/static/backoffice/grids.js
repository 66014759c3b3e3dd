// Grids of prices as cells: paste from a spreadsheet, or type. Without this script
// the same lines are typed in the box, which stays the only thing that is sent.
(() => {
  const MARKS = ["\t", ";", "|"];
  const split = (line) => {
    const mark = MARKS.find((each) => line.includes(each));
    return mark ? line.split(mark).map((cell) => cell.trim()) : [line.trim()];
  };
  const rowsOf = (text) => text.replace(/\r/g, "").split("\n").map(split);
  // Lines keep their places, so that a message about line 3 means the third row.
  const lineOf = (cells) => {
    const last = cells.findLastIndex((cell) => cell);
    return last < 1 ? cells[0] || "" : cells.slice(0, Math.max(last + 1, 3)).join(" ; ");
  };
  const textOf = (rows) => rows.map(lineOf).join("\n").trimEnd();

  class Grid {
    constructor(box) {
      this.area = box.querySelector("textarea");
      this.words = box.dataset;
      this.heads = this.words.boHeads.split("|");
      this.table = document.createElement("table");
      this.table.className = "bo-cells";
      this.holder = document.createElement("div");
      this.holder.className = "bo-scroll bo-cells-holder";
      this.holder.append(this.table);
      this.hint = document.createElement("p");
      this.hint.className = "bo-hint";
      this.hint.textContent = this.words.boKeys;
      this.bar = document.createElement("div");
      this.bar.className = "bo-actions bo-actions--tight";
      this.bar.append(
        this.button(this.words.boAddLine, () => this.draw([...this.rows(), []], true)),
        ...(this.words.boMore ? [this.button(this.words.boAddColumn, () => this.widen())] : []),
        (this.swap = this.button(this.words.boAsText, () => this.toggle())),
      );
      this.area.before(this.holder, this.hint, this.bar);
      this.table.addEventListener("input", () => this.send());
      this.table.addEventListener("paste", (event) => this.paste(event));
      this.table.addEventListener("keydown", (event) => this.press(event));
      this.width = this.heads.length;
      this.draw(rowsOf(this.area.value));
      this.area.hidden = true;
    }

    button(text, act) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-small button-secondary";
      button.textContent = text;
      button.addEventListener("click", act);
      return button;
    }

    head(at) {
      if (at < this.heads.length) return this.heads[at];
      return `${this.words.boMore || this.heads.at(-1)} ${at - this.heads.length + 2}`;
    }

    rows() {
      return [...this.table.querySelectorAll("tbody tr")].map((row) =>
        [...row.querySelectorAll("input")].map((cell) => cell.value.trim()),
      );
    }

    draw(rows, focus = false) {
      this.width = Math.max(this.width, ...rows.map((cells) => cells.length));
      const head = this.table.createTHead();
      head.replaceChildren();
      const names = head.insertRow();
      const heads = Array.from({ length: this.width }, (_each, at) => this.head(at));
      ["", ...heads, ""].forEach((name) => {
        const cell = document.createElement(name ? "th" : "td");
        cell.textContent = name;
        if (name) cell.scope = "col";
        names.append(cell);
      });
      const body = this.table.tBodies[0] || this.table.createTBody();
      body.replaceChildren(...rows.map((cells, at) => this.row(cells, at + 1)));
      if (focus) body.lastElementChild.querySelector("input").focus();
    }

    row(cells, number) {
      const row = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = number;
      row.append(head);
      for (let at = 0; at < this.width; at += 1) {
        const input = document.createElement("input");
        input.type = "text";
        input.autocomplete = "off";
        input.value = cells[at] || "";
        input.setAttribute("aria-label", `${this.words.boLine} ${number}, ${this.head(at)}`);
        row.insertCell().append(input);
      }
      const remove = this.button("×", () => this.remove(number - 1, 0));
      remove.setAttribute("aria-label", `${this.words.boRemoveLine} ${number}`);
      row.insertCell().append(remove);
      return row;
    }

    // Another line takes the place of the one removed; one is always left to type in.
    remove(down, right) {
      const rows = this.rows().filter((_cells, at) => at !== down);
      this.draw(rows.length ? rows : [[]]);
      this.send();
      this.go(Math.min(down, rows.length - 1), right);
    }

    cell(down, right) {
      const row = this.table.tBodies[0].rows[Math.max(down, 0)];
      return row && row.querySelectorAll("input")[right];
    }

    go(down, right) {
      const cell = this.cell(down, right);
      if (!cell) return false;
      cell.focus();
      cell.select();
      return true;
    }

    press(event) {
      const cell = event.target.closest("input");
      if (!cell || event.altKey || event.metaKey || event.isComposing) return;
      const down = cell.closest("tr").sectionRowIndex;
      const right = cell.closest("td").cellIndex - 1;
      // A cell just entered is selected whole: arrows leave it as they came.
      const [start, end, length] = [cell.selectionStart, cell.selectionEnd, cell.value.length];
      const isWhole = start === 0 && end === length;
      const atStart = isWhole || end === 0;
      const atEnd = isWhole || start === length;
      const moves = {
        Enter: () => {
          if (this.go(down + 1, right)) return;
          this.draw([...this.rows(), []]);
          this.go(down + 1, right);
        },
        ArrowDown: () => this.go(down + 1, right),
        ArrowUp: () => down > 0 && this.go(down - 1, right),
        ArrowLeft: atStart && right > 0 ? () => this.go(down, right - 1) : null,
        ArrowRight: atEnd && right + 1 < this.width ? () => this.go(down, right + 1) : null,
      };
      const act = event.ctrlKey
        ? event.key === "Delete" && (() => this.remove(down, right))
        : moves[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    }

    widen() {
      this.width += 1;
      this.draw(this.rows());
    }

    // A table pasted over a cell fills the cells from there on; over the first one,
    // it takes the place of the whole grid. Headings without figures are left out.
    paste(event) {
      const text = event.clipboardData.getData("text/plain");
      const target = event.target.closest("input");
      if (!target || !/[\t\n]/.test(text.trim())) return;
      event.preventDefault();
      const pasted = rowsOf(text.replace(/\n+$/, "")).slice(0, 250);
      if (!/\d/.test(pasted[0].join(""))) pasted.shift();
      const down = target.closest("tr").sectionRowIndex;
      const right = target.closest("td").cellIndex - 1;
      const isWhole = down === 0 && right === 0 && pasted.length > 1;
      const rows = isWhole ? [] : this.rows();
      pasted.forEach((cells, at) => {
        const row = (rows[down + at] ||= []);
        cells.slice(0, 16).forEach((cell, place) => {
          row[right + place] = cell;
        });
      });
      this.draw(rows.map((cells) => Array.from(cells, (cell) => cell || "")));
      this.send();
    }

    send() {
      this.area.value = textOf(this.rows());
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
    }

    toggle() {
      const isText = this.area.hidden;
      if (!isText) this.draw(rowsOf(this.area.value));
      this.area.hidden = !isText;
      this.holder.hidden = isText;
      this.hint.hidden = isText;
      this.swap.textContent = isText ? this.words.boAsCells : this.words.boAsText;
    }
  }

  const start = (root) =>
    root.querySelectorAll("[data-bo-heads]:not([data-bo-ready])").forEach((box) => {
      box.dataset.boReady = "";
      new Grid(box);
    });
  start(document);
  // With the button that adds one, the empty form at the end is one too many.
  document.querySelectorAll("[data-bo-blank]").forEach((form) => {
    form.hidden = true;
  });
  new MutationObserver(() => start(document)).observe(document.body, {
    childList: true,
    subtree: true,
  });
})();
