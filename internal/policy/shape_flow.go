package policy

import (
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/drlint/drlint/internal/model"
)

var pipelineShape = newShape(
	key("id", textType, func(_ *builder, p model.Pipeline) *ast.Term { return text(p.ID) }),
	key("format", textType, func(b *builder, p model.Pipeline) *ast.Term { return b.word(p.Format) }),
	key("name", textType, func(_ *builder, p model.Pipeline) *ast.Term { return text(p.Name) }),
	key("path", textType, func(_ *builder, p model.Pipeline) *ast.Term { return text(p.Path) }),
	key("triggers", listType(textType), func(b *builder, p model.Pipeline) *ast.Term { return b.words(p.Triggers) }),
	key("deploys", listType(deploymentShape.schema()), func(b *builder, p model.Pipeline) *ast.Term { return objects(b, deploymentShape, p.Deploys) }),
)

var deploymentShape = newShape(
	key("what", textType, func(b *builder, d model.Deployment) *ast.Term { return b.word(d.What) }),
	key("by", textType, func(b *builder, d model.Deployment) *ast.Term { return b.word(d.By) }),
	key("source", factType(textType), func(b *builder, d model.Deployment) *ast.Term { return b.fact(d.Source) }),
	key("environment", factType(textType), func(b *builder, d model.Deployment) *ast.Term { return b.fact(d.Environment) }),
	key("region", factType(textType), func(b *builder, d model.Deployment) *ast.Term { return b.fact(d.Region) }),
	key("approved", textType, func(b *builder, d model.Deployment) *ast.Term { return b.word(string(d.Approved)) }),
)

var flowShape = newShape(
	key("id", textType, func(_ *builder, f model.Flow) *ast.Term { return text(f.ID) }),
	key("address", textType, func(_ *builder, f model.Flow) *ast.Term { return text(f.Address) }),
	key("activity", textType, func(b *builder, f model.Flow) *ast.Term { return b.word(f.Activity) }),
	key("pipeline", textType, func(b *builder, f model.Flow) *ast.Term { return b.word(f.Pipeline) }),
	key("from", textType, func(b *builder, f model.Flow) *ast.Term { return b.word(f.From) }),
	key("to", textType, func(b *builder, f model.Flow) *ast.Term { return b.word(f.To) }),
	key("source", factType(textType), func(b *builder, f model.Flow) *ast.Term { return b.fact(f.Source) }),
	key("sink", factType(textType), func(b *builder, f model.Flow) *ast.Term { return b.fact(f.Sink) }),
	key("reads", textType, func(b *builder, f model.Flow) *ast.Term { return b.word(f.Reads) }),
	key("mode", factType(textType), func(b *builder, f model.Flow) *ast.Term { return b.fact(f.Mode) }),
	key("write", factType(textType), func(b *builder, f model.Flow) *ast.Term { return b.fact(f.Write) }),
	key("dated", factType(booleanType), func(b *builder, f model.Flow) *ast.Term { return b.fact(f.Dated) }),
	key("partitioned", factType(booleanType), func(b *builder, f model.Flow) *ast.Term { return b.fact(f.Partitioned) }),
	key("interval_hours", factType(numberType), func(b *builder, f model.Flow) *ast.Term { return b.fact(f.Interval) }),
	key("triggers", listType(textType), func(b *builder, f model.Flow) *ast.Term { return b.words(f.Triggers) }),
	key("runtime", textType, func(b *builder, f model.Flow) *ast.Term { return b.word(f.Runtime) }),
)
