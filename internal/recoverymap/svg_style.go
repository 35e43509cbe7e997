package recoverymap

// svgStyle colours the picture. The answers differ in shape and lightness as
// well as in hue, and blue instead of green tells from red for everybody.
const svgStyle = `text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:#1b2430}
.page{fill:#fff}
.title{font-size:26px;font-weight:700}
.muted,.note{font-size:12px;fill:#566273}
.lead{font-size:14px}
.fault{font-size:13px;font-weight:600}
.count{font-size:13px;font-weight:600}
.lane{fill:#f3f6f9;stroke:#dbe2ea}
.lane.outside{fill:none;stroke-dasharray:5 4}
.lanetitle{font-size:16px;font-weight:700}
.frame{fill:#e8eef4;stroke:#c3cedb}
.account{font-size:13px;font-weight:600;fill:#3b4757}
.box{fill:#fff;stroke:#b4c0ce}
.box.outside{fill:none;stroke-dasharray:5 4}
.name{font-size:14px;font-weight:600}
.objective{font-size:11px;font-weight:600}
.objective.answered{fill:#17608f}
.objective.gap{fill:#b3261e}
.objective.unknown{fill:#8a5700}
.label{font-size:9px}
.word{font-size:10px;font-weight:600}
.cell.answered rect,.bar.answered{fill:#d6e9f6;stroke:#2a78ad}
.cell.answered text{fill:#0d3a59}
.cell.rebuilt rect{fill:#ddf1ee;stroke:#2f8074}
.cell.rebuilt text{fill:#0f4039}
.cell.gap rect,.bar.gap{fill:#c62f29;stroke:#8f1c18}
.cell.gap text{fill:#fff}
.cell.unknown rect,.bar.unknown{fill:#ffe0a3;stroke:#9a6200}
.cell.unknown text{fill:#573700}
.bar{stroke:none}
.bar.answered{fill:#2a78ad}
.bar.rebuilt{fill:#4fa99b}
.bar.unknown{fill:#e0a021}
.symbol{fill:none;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.symbol.answered{stroke:#17608f}
.symbol.rebuilt{stroke:#1f6b60}
.symbol.gap{stroke:#c62f29}
.symbol.unknown{stroke:#8a5700}
.cell .symbol.gap{stroke:#fff}
.arrow{fill:none;stroke-width:1.8}
.arrow.flow{stroke:#39465a}
.arrow.replicates_to{stroke:#2a78ad;stroke-dasharray:8 4}
.arrow.backed_up_by{stroke:#7a4bb0;stroke-dasharray:2.5 3.5}
.head{stroke:none}
.head.flow{fill:#39465a}
.head.replicates_to{fill:#2a78ad}
.head.backed_up_by{fill:#7a4bb0}
@media (prefers-color-scheme:dark){
text{fill:#e8edf4}
.page{fill:#11151b}
.muted,.note{fill:#a3b0c0}
.lane{fill:#191f27;stroke:#2b3440}
.lane.outside,.box.outside{fill:none}
.frame{fill:#222b36;stroke:#3b4858}
.account{fill:#c6d1de}
.box{fill:#1f2731;stroke:#48566a}
.cell.answered rect{fill:#123a55;stroke:#5fb3ea}
.cell.answered text{fill:#d4ecfc}
.cell.rebuilt rect{fill:#143c38;stroke:#5cc4b4}
.cell.rebuilt text{fill:#cdf2ec}
.objective.answered{fill:#7cc6f5}
.objective.gap{fill:#ff8a83}
.objective.unknown{fill:#f5c451}
.cell.gap rect,.bar.gap{fill:#d23b34;stroke:#ff8a83}
.cell.gap text{fill:#fff}
.cell.unknown rect{fill:#4f3a08;stroke:#f0bb45}
.cell.unknown text{fill:#ffe6b3}
.bar.answered{fill:#4aa3de}
.bar.rebuilt{fill:#5cc4b4}
.bar.unknown{fill:#e6ad37}
.symbol.answered{stroke:#7cc6f5}
.symbol.rebuilt{stroke:#7fd8ca}
.symbol.gap{stroke:#ff7d75}
.symbol.unknown{stroke:#f5c451}
.cell .symbol.gap{stroke:#fff}
.arrow.flow{stroke:#c3cedb}
.arrow.replicates_to{stroke:#6cbcf0}
.arrow.backed_up_by{stroke:#bd95ec}
.head.flow{fill:#c3cedb}
.head.replicates_to{fill:#6cbcf0}
.head.backed_up_by{fill:#bd95ec}
}
`
