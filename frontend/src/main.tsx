import { render } from 'preact'
import './styles/tokens.css'
import './styles/base.css'
import './styles/parts.css'
import './styles/shell.css'
import { listen } from './lib/router'
import { followTheme, loadDesk } from './lib/store'
import { Shell } from './shell'

followTheme()
listen()
void loadDesk()
const room = document.getElementById('app')
if (room) render(<Shell />, room)
