/** The start page: what is in the workspace, and the ways in. */

import { useEffect } from 'preact/hooks'
import { api } from '../lib/api'
import { useLoad } from '../lib/load'
import { href } from '../lib/router'
import { desk, loadDesk } from '../lib/store'
import type { Desk, DocumentItem } from '../lib/types'
import { Table, type Column } from '../lib/ui'
import { counted, day } from '../lib/words'
import { AddArticle } from './add'
import { Cases, ShippedCases } from './cases'
import { DraftCase } from './draft'
import './start.css'

export default function Screen() {
  useEffect(() => void loadDesk(), [])
  const now = desk.value
  if (!now) return <h1>Détente</h1>
  return (
    <>
      <header class="start-head">
        <h1>Why are they stuck, and what would unlock it?</h1>
        <p class="lead">{sentence(now)}</p>
      </header>
      <div class="start">
        <div class="start-column">
          <Documents count={now.documents} />
          <AddArticle />
        </div>
        <div class="start-column">
          <Cases />
          <DraftCase />
        </div>
        <ShippedCases />
      </div>
      <p class="small">Détente {now.version} · workspace {now.workspace.name} · judgements are signed {now.workspace.by}</p>
    </>
  )
}

function sentence({ documents, statements, cases }: Desk): string {
  if (!documents && !cases.length) return 'This workspace is empty: drop an article, or open a case that comes with Détente.'
  const read = `${counted(documents, 'document is', 'documents are')} read`
  const waiting = statements.proposed ? `, ${counted(statements.proposed, 'statement waits', 'statements wait')} for a judgement` : ''
  const work = cases.length ? `; ${counted(cases.length, 'case is', 'cases are')} under work` : ''
  return `${read}${waiting}${work}.`
}

/** Asked anew whenever the number of documents changes, so that one just read appears. */
function Documents({ count }: { count: number }) {
  const { data } = useLoad(count ? `documents ${count}` : null, (stop) =>
    api.get<{ documents: DocumentItem[] }>('documents', {}, stop),
  )
  if (!count || !data) return null
  return (
    <section class="start-part" aria-labelledby="documents-title">
      <h2 id="documents-title">Documents</h2>
      <Table caption="Documents" columns={COLUMNS} rows={data.documents} id={(row) => String(row.num)} />
    </section>
  )
}

const COLUMNS: readonly Column<DocumentItem>[] = [
  { key: 'name', head: 'Document', heads: true, cell: (row) => <a href={href('evidence', String(row.num))}>{row.title ?? row.name}</a>, by: (row) => row.title ?? row.name },
  { key: 'date', head: 'Date', cell: (row) => (row.date ? day(row.date) : <span class="small">undated</span>), by: (row) => row.date },
  { key: 'proposed', head: 'To judge', figures: true, cell: (row) => row.proposed, by: (row) => row.proposed },
  { key: 'accepted', head: 'Accepted', figures: true, cell: (row) => row.accepted, by: (row) => row.accepted },
]
