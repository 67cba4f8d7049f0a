/** Goes to a setting on the form by its dotted path, items counted from 1. */

/** The field itself, or the nearest one around it; what it is folded into opens. */
export function goToField(form: ParentNode | null, path: string): void {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const field = form?.querySelector(`[data-path="${CSS.escape(at)}"]`)
    if (!field) continue
    for (
      let outer = field.closest('details');
      outer;
      outer = outer.parentElement?.closest('details') ?? null
    ) {
      outer.open = true
    }
    field.scrollIntoView({ block: 'nearest' })
    field.querySelector<HTMLElement>('input, select, textarea, summary')?.focus()
    return
  }
}

/** The same for what is about to be drawn. */
export function goToNewField(path: string): void {
  setTimeout(() => goToField(document, path))
}
