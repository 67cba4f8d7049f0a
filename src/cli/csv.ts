/** Tables in CSV (RFC 4180). A folder of them appears whole or not at all: each is written aside and renamed. */

import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '../scenario/problem.ts'
import { codeOf, fileProblem, reasonOf } from './file-problem.ts'

export type Cell = string | number | boolean | null | undefined

export interface CsvFolder {
  /** Adds rows to a table; the first call for a table fixes its columns. */
  add(table: string, rows: readonly Readonly<Record<string, Cell>>[]): void
  /** Puts all tables in their place. */
  commit(): void
  /** Leaves no trace. */
  abort(): void
}

/** @throws Error of node:fs when the folder cannot be made or written to, here or later */
export function csvFolder(dir: string): CsvFolder {
  mkdirSync(dir, { recursive: true })
  const tables = new Map<string, { readonly fd: number; readonly columns: readonly string[] }>()
  const aside = (name: string) => join(dir, `.${name}.csv.${process.pid}.tmp`)

  function open(name: string, columns: readonly string[]) {
    const table = { fd: openSync(aside(name), 'w'), columns }
    tables.set(name, table)
    writeSync(table.fd, line(columns))
    return table
  }

  return {
    add(name, rows) {
      if (rows[0] === undefined) return
      const table = tables.get(name) ?? open(name, Object.keys(rows[0]))
      writeSync(table.fd, rows.map((row) => line(table.columns.map((column) => row[column]))).join(''))
    },
    commit() {
      for (const { fd } of tables.values()) closeSync(fd)
      for (const name of tables.keys()) renameSync(aside(name), join(dir, `${name}.csv`))
    },
    abort() {
      for (const [name, { fd }] of tables) {
        closeSync(fd)
        rmSync(aside(name), { force: true })
      }
    },
  }
}

/** The folder that `--csv` names, or why it cannot be made. */
export function openFolder(dir: string): { readonly folder?: CsvFolder; readonly problem?: Problem } {
  try {
    return { folder: csvFolder(dir) }
  } catch (error) {
    if (codeOf(error) === '') throw error
    return { problem: fileProblem(`--csv ${dir}`, reasonOf(error)) }
  }
}

function line(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`
}

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined || Number.isNaN(cell)) return ''
  const text = String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
