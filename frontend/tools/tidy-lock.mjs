// Takes out of package-lock.json what names a host: `.npmrc` omits registries, but not addresses for donations.

import { readFileSync, writeFileSync } from 'node:fs'

const FILE = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(FILE, 'utf8'))
for (const entry of Object.values(lock.packages)) delete entry.funding
const text = `${JSON.stringify(lock, null, 2)}\n`
if (text.includes('://')) throw new Error('package-lock.json still names a host')
writeFileSync(FILE, text)
