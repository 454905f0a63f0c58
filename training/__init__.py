"""Train and measure the classifiers of nlp. Imports nlp; nlp imports this only inside the commands train and evaluate."""
