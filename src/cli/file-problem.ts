/** What can go wrong with a file, in words instead of codes. */

import type { Problem } from '../scenario/problem.ts'

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file.',
  ENOTDIR: 'there is no such file: a part of the path is not a directory.',
  EACCES: 'permission denied.',
  EPERM: 'permission denied.',
  EISDIR: 'is a directory.',
  EEXIST: 'is in the way: it is not a directory.',
  ELOOP: 'symbolic links go round in a circle.',
  ENAMETOOLONG: 'the name is too long.',
  EMFILE: 'too many files are open.',
  ENOSPC: 'the disk is full.',
  EROFS: 'the file system is read-only.',
}

/** A problem with a file as a whole. */
export function fileProblem(file: string, message: string, hint = ''): Problem {
  return { file, path: '', line: 0, column: 0, message, hint }
}

/** Why the operating system refused. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error)
  return REASONS[code] ?? `cannot be used (${code || String(error)}).`
}

/** The operating system's name for an error, "" when it is none of its. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
