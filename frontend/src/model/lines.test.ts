import { describe, expect, it } from 'vitest'
import { around, differences } from './lines'

const told = (before: string, after: string): string =>
  differences(before, after).map((line) => ({ same: ' ', added: '+', removed: '-', gap: '~' })[line.kind] + line.text).join('|')

describe('differences', () => {
  it('finds none in equal texts', () => expect(told('a\nb', 'a\nb')).toBe(' a| b'))
  it('finds what was put in and what was taken out', () => {
    expect(told('a\nb\nc', 'a\nx\nc')).toBe(' a|-b|+x| c')
    expect(told('a\nc', 'a\nb\nc')).toBe(' a|+b| c')
    expect(told('a\nb\nc', 'c')).toBe('-a|-b| c')
  })
  it('keeps what two changed places share', () => {
    expect(told('1\n2\n3\n4\n5', '1\nx\n3\ny\n5')).toBe(' 1|-2|+x| 3|-4|+y| 5')
  })
  it('rebuilds both texts', () => {
    const a = 'q\nw\ne\nr\nt\ny'
    const b = 'w\nq\ne\nt\nr\nu\ny'
    const lines = differences(a, b)
    expect(lines.filter((l) => l.kind !== 'added').map((l) => l.text).join('\n')).toBe(a)
    expect(lines.filter((l) => l.kind !== 'removed').map((l) => l.text).join('\n')).toBe(b)
  })
})

describe('around', () => {
  it('leaves out what is far from any difference', () => {
    const lines = around(differences('1\n2\n3\n4\n5\n6\n7\n8\n9', '1\nx\n3\n4\n5\n6\n7\ny\n9'), 1)
    expect(lines.map((l) => l.text).join('')).toBe('12x3…78y9')
  })
  it('is empty where nothing differs', () => expect(around(differences('a', 'a'), 2)).toEqual([]))
})
