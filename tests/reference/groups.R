# One group beside another, and least squares under weights: base R 4.2.2, sandwich 3.0-2,
# clubSandwich 0.5.8. Run in this folder: Rscript groups.R
# Reads covariance.regions.csv; writes groups.csv. Entropy balancing is optim's, matching is written
# out in loops, the area under the curve is wilcox.test's.
suppressMessages({library(clubSandwich); library(sandwich)})
options(digits = 17)
regions <- read.csv("covariance.regions.csv", colClasses = c(region_code = "character"))
out <- list()
add <- function(model, name, estimate, error = NA, df = NA)
  out[[length(out) + 1]] <<- data.frame(model, name, estimate, error, df)
cr2 <- function(fit, data = regions) coef_test(fit, vcov = "CR2", cluster = data$province,
                                               test = "Satterthwaite")
keep <- function(model, fit, name, data = regions, as = name) {
  found <- cr2(fit, data); at <- which(rownames(found) == name)
  add(model, as, found$beta[at], found$SE[at], found$df_Satt[at])
}
# Under weights ours is the CR2 of the weighted rows, as in covariance.R
keep_weighted <- function(model, fit, name, as = name) {
  root <- sqrt(weights(fit)); x <- root * model.matrix(fit); y <- root * model.response(fit$model)
  keep(model, lm(y ~ 0 + x), paste0("x", name), as = as)
}
y <- regions$harmonised_index; d <- regions$kppn_ikn
factors <- c("own_source_share", "log_population", "kota")
x <- as.matrix(regions[factors])

# Least squares, plain and under weights that rise along the rows
regions$w <- seq(0.5, 1.5, length.out = nrow(regions))
line <- harmonised_index ~ own_source_share + log_population + kota
for (n in c("(Intercept)", factors)) {
  keep("plain", lm(line, regions), n)
  keep_weighted("weighted", lm(line, regions, weights = w), n)
}

# Without adjustment, and with each group's own slopes (Lin, 2013)
keep("unadjusted", lm(harmonised_index ~ kppn_ikn, regions), "kppn_ikn", as = "group")
keep("held", lm(harmonised_index ~ kppn_ikn + own_source_share + log_population + kota, regions),
     "kppn_ikn", as = "group")
lin <- function(data, rows) {
  z <- as.matrix(data[factors]); z <- sweep(z, 2, colMeans(z[rows, ]))
  lm(data$harmonised_index ~ data$kppn_ikn * z)
}
for (estimand in c("all", "group"))
  keep("regression", lin(regions, if (estimand == "all") rep(TRUE, length(d)) else d == 1),
       "data$kppn_ikn", as = estimand)

# Entropy balancing of the others to the group's means: the dual by optim, polished by Newton
aim <- colMeans(x[d == 1, ]); s <- apply(x[d == 0, ], 2, sd)
z <- sweep(sweep(x[d == 0, ], 2, aim), 2, s, "/")
dual <- optim(rep(0, 3), function(l) log(sum(exp(z %*% l))), method = "BFGS",
              control = list(reltol = 1e-14))$par
for (i in 1:20) {
  p <- as.vector(exp(z %*% dual)); p <- p / sum(p); m <- colSums(z * p)
  dual <- dual - solve(crossprod(z * p, z) - m %o% m, m)
}
regions$balancing <- 1; regions$balancing[d == 0] <- p / mean(p)
keep_weighted("balancing", lm(harmonised_index ~ kppn_ikn + own_source_share + log_population +
  kota, regions, weights = balancing), "kppn_ikn", as = "group")

# AIPW with glm and lm: all rows, the group, the common range of propensities
aipw <- function(data, estimand) {
  e <- fitted(glm(kppn_ikn ~ own_source_share + log_population + kota, binomial, data,
                  control = glm.control(epsilon = 1e-14)))
  e <- pmin(pmax(e, 0.02), 0.98)
  d <- data$kppn_ikn; y <- data$harmonised_index; n <- length(y)
  m1 <- predict(lm(line, data, subset = kppn_ikn == 1), data)
  m0 <- predict(lm(line, data, subset = kppn_ikn == 0), data)
  if (estimand == "all") {
    part <- m1 - m0 + d * (y - m1) / e - (1 - d) * (y - m0) / (1 - e)
    t <- mean(part); influence <- part - t
  } else {
    part <- (d - (1 - d) * e / (1 - e)) * (y - m0) / mean(d)
    t <- mean(part); influence <- part - d * t / mean(d)
  }
  sums <- tapply(influence, data$province, sum); g <- length(sums)
  rows <- if (estimand == "all") rep(TRUE, n) else d == 1
  found <- cr2(lin(data, rows), data)
  c(t, sqrt(g / (g - 1) * sum(sums^2)) / n, found$df_Satt[rownames(found) == "data$kppn_ikn"])
}
e <- fitted(glm(kppn_ikn ~ own_source_share + log_population + kota, binomial, regions,
                control = glm.control(epsilon = 1e-14)))
low <- max(tapply(e, d, min)); high <- min(tapply(e, d, max))
inside <- regions[e >= low & e <= high, ]
for (one in list(list("all", regions, "all"), list("group", regions, "group"),
                 list("common", inside, "all"))) {
  found <- aipw(one[[2]], one[[3]]); add("aipw", one[[1]], found[1], found[2], found[3])
}

# The nearest of the others, by Mahalanobis' distance inside the groups, bias-corrected, with
# Abadie and Imbens's error
ones <- which(d == 1); zeros <- which(d == 0)
spread <- ((length(ones) - 1) * cov(x[ones, ]) + (length(zeros) - 1) * cov(x[zeros, ])) /
  (nrow(x) - 2)
far <- function(i, rows) mahalanobis(x[rows, , drop = FALSE], x[i, ], spread)
for (m in c(1, 3)) {
  near <- lapply(ones, function(i) zeros[order(far(i, zeros))[1:m]])
  served <- table(factor(unlist(near), levels = zeros))
  used <- zeros[served > 0]
  slope <- coef(lm(line, regions[used, ], weights = as.numeric(served[served > 0])))[-1]
  gaps <- mapply(function(i, js) mean(y[i] - y[js] - (matrix(x[i, ], m, 3, byrow = TRUE) -
    x[js, , drop = FALSE]) %*% slope), ones, near)
  v <- sum((gaps - mean(gaps))^2)
  for (k in seq_along(zeros)) {
    others <- zeros[-k]; twin <- others[which.min(far(zeros[k], others))]
    v <- v + served[[k]] * (served[[k]] - 1) / m^2 * (y[zeros[k]] - y[twin])^2 / 2
  }
  add("matching", paste0("nearest ", m), mean(gaps), sqrt(v) / length(ones), Inf)
}

# Weights by the inverse propensity, the area under the curve, Kish's size
w <- mean(d) / e[d == 1]
add("inverse", "size", sum(w)^2 / sum(w^2))
add("inverse", "mean of own_source_share", weighted.mean(x[d == 1, 1], w))
add("area", "pairs", wilcox.test(e[d == 1], e[d == 0], exact = FALSE)$statistic /
      (sum(d == 1) * sum(d == 0)))

# Logit of the priority track: average marginal associations, errors by province (HC1 with
# G / (G - 1)) through derivatives by Richardson's extrapolation of central differences
fit <- glm(kppn_ikn ~ own_source_share + log_population + kota, binomial, regions,
           control = glm.control(epsilon = 1e-14))
margins <- function(b) {
  x <- model.matrix(fit); one <- none <- x; one[, "kota"] <- 1; none[, "kota"] <- 0
  slope <- mean(dlogis(x %*% b))
  c(b[2] * slope, b[3] * slope, mean(plogis(one %*% b) - plogis(none %*% b)))
}
b <- coef(fit); v <- vcovCL(fit, regions$province, type = "HC1")
central <- function(j, h)
  (margins(b + h * (seq_along(b) == j)) - margins(b - h * (seq_along(b) == j))) / (2 * h)
jacobian <- sapply(seq_along(b), function(j) (4 * central(j, 5e-4) - central(j, 1e-3)) / 3)
add("margin", factors, margins(b), sqrt(diag(jacobian %*% v %*% t(jacobian))))
write.csv(do.call(rbind, out), "groups.csv", row.names = FALSE, quote = FALSE)
