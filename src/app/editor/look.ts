/** How the editor looks: the theme's custom properties, so that light and dark need nothing of their own. */

import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const words = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--good-ink)' },
  { tag: tags.comment, color: 'var(--ink-3)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.brace, tags.squareBracket], color: 'var(--ink-2)' },
  { tag: [tags.labelName, tags.typeName, tags.keyword, tags.meta], color: 'var(--warn-ink)' },
])

const frame = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--sunken)', fontSize: 'var(--text-s)' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6', overflow: 'auto' },
  '.cm-content': { padding: '0.625rem 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 0.625rem 0 0.375rem' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--accent) 26%, transparent)',
  },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--ink) 4%, transparent)' },
  '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--ink-3)', border: 'none' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--ink)' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '1.75rem', padding: '0 0.125rem 0 0.25rem' },
  '.cm-foldGutter .cm-gutterElement': { width: '0.875rem', textAlign: 'center', cursor: 'pointer' },
  '.cm-gutter-lint': { width: '1rem' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0.1875rem 0 0 0.125rem' },
  '.cm-lint-marker': { width: '0.75rem', height: '0.75rem' },
  '.cm-lint-marker-error': {
    content: 'none',
    borderRadius: '50%',
    background: 'var(--failed)',
    boxShadow: 'inset 0 0 0 2px var(--sunken), 0 0 0 1px var(--failed)',
  },
  '.cm-foldPlaceholder': {
    padding: '0 0.375rem',
    border: '1px solid var(--line-strong)',
    backgroundColor: 'var(--panel)',
    color: 'var(--ink-2)',
  },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--accent-soft)',
    outline: '1px solid var(--accent-line)',
  },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--failed-soft)' },
  '.cm-searchMatch': { backgroundColor: 'var(--warn-soft)', outline: '1px solid var(--timed-out)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--accent-soft)', outline: '1px solid var(--accent)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--accent-soft)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--failed)',
    textDecorationSkipInk: 'none',
  },
  '.cm-snippetField': { backgroundColor: 'var(--accent-soft)' },
  '.cm-come': { animation: 'cm-come 2.4s ease-out' },
  '@keyframes cm-come': {
    from: { backgroundColor: 'color-mix(in srgb, var(--timed-out) 50%, transparent)' },
    '60%': { backgroundColor: 'var(--warn-soft)' },
    to: { backgroundColor: 'transparent' },
  },
  '@media (prefers-reduced-motion: reduce)': {
    '.cm-come': { animation: 'none', backgroundColor: 'var(--warn-soft)' },
  },
})

const floating = EditorView.theme({
  '.cm-tooltip': {
    maxWidth: 'min(26rem, calc(100vw - 1.5rem))',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius-m)',
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    fontFamily: 'var(--font)',
    fontSize: 'var(--text-s)',
    boxShadow: 'var(--shadow-2)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { maxHeight: '14rem', fontFamily: 'var(--mono)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.1875rem 0.625rem', lineHeight: '1.5' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    background: 'var(--accent)',
    color: 'var(--accent-ink)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': { color: 'var(--ink-3)', fontFamily: 'var(--font)', fontStyle: 'normal' },
  'li[aria-selected] .cm-completionDetail': { color: 'var(--accent-ink)' },
  '.cm-completionInfo': { padding: '0.5rem 0.625rem', lineHeight: '1.45' },
  '.cm-about': { padding: '0.5rem 0.625rem', lineHeight: '1.45' },
  '.cm-about code': { fontFamily: 'var(--mono)', fontWeight: '600' },
  '.cm-about p': { margin: '0.25rem 0 0' },
  '.cm-diagnostic': { padding: '0.375rem 0.625rem', whiteSpace: 'pre-wrap' },
  '.cm-diagnostic-error': { borderLeft: '4px solid var(--failed)' },
  '.cm-panels': { backgroundColor: 'var(--panel)', color: 'var(--ink)', fontFamily: 'var(--font)' },
  '.cm-panels.cm-panels-top, .cm-panels.cm-panels-bottom': { borderColor: 'var(--line)' },
  '.cm-panel.cm-panel-lint ul': { maxHeight: '8rem' },
  '.cm-panel.cm-panel-lint ul [aria-selected]': {
    backgroundColor: 'var(--accent-soft)',
    color: 'var(--ink)',
  },
  '.cm-panel.cm-search': { padding: '0.375rem 2rem 0.375rem 0.5rem', fontSize: 'var(--text-s)' },
  '.cm-panel.cm-search label': { fontSize: 'var(--text-s)' },
  '.cm-textfield': {
    border: '1px solid var(--control-line)',
    borderRadius: 'var(--radius-s)',
    backgroundColor: 'var(--ground)',
    color: 'var(--ink)',
    fontSize: 'var(--text-s)',
  },
  '.cm-button': {
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius-s)',
    background: 'var(--panel)',
    color: 'var(--ink)',
    fontSize: 'var(--text-s)',
  },
  '.cm-panel button[name=close]': { color: 'var(--ink-2)', minWidth: '1.5rem', minHeight: '1.5rem' },
})

export const look: Extension = [frame, floating, syntaxHighlighting(words)]
